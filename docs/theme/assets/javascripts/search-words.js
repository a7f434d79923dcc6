/*
 * Chinese queries in words. The index is built from words, with zero-width spaces between them. The theme cuts a query
 * into words of the index too, but never takes one that ends where the query ends, so that 货值 is searched as 货.
 * Here the query is cut first, on its way to the search worker: the longest words of the index, left to right. Each gets
 * a character behind it (々, which no text has) that keeps the theme from losing its last one.
 */
(() => {
  const SETUP = 0, QUERY = 2, LONGEST = 8
  const words = new Set()

  function collect(docs) {
    for (const { title, text } of docs)
      for (const [word] of `${title}\u200b${text}`.matchAll(/\p{sc=Han}+/gu)) words.add(word)
  }

  function cut(run) {
    const found = []
    for (let start = 0; start < run.length;) {
      let end = Math.min(run.length, start + LONGEST)
      while (end > start + 1 && !words.has(run.slice(start, end))) end--
      found.push(run.slice(start, end))
      start = end
    }
    return found.map(word => `${word}々`).join(" ")
  }

  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type === SETUP && message.data?.docs) collect(message.data.docs)
    if (message?.type === QUERY && typeof message.data === "string")
      message = { ...message, data: message.data.replace(/\p{sc=Han}+/gu, cut) }
    return post.call(this, message, ...rest)
  }
})()
