"""A rulebook as it stood in a revision of a git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from enforcerules.errors import Diagnostic, RulebookError, quoted
from enforcerules.text import Text


def unpack_revision(revision: str, folder: str, into: Path, *, repository: Path | None = None) -> Path:
    """Write the rulebook of a revision to `into` and return its folder there.

    Args:
        revision: a commit, tag or branch, as git knows it.
        folder: where the rulebook lies in the repository.
        into: an empty folder.
        repository: some folder of the repository, by default the current one.

    Raises:
        RulebookError: when there is no git, no repository, no such revision, or no rulebook in it there.

    """
    here = repository or Path.cwd()
    top = find_repository(here)
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        said = quoted(revision)
        message = Text(
            f"{said} 既不是规则库文件夹，也不是 git 修订版本",
            f"{said} is neither a folder of a rulebook nor a git revision",
        )
        hint = Text(
            "`git tag` 列出标签，`git log --oneline` 列出提交", "`git tag` lists tags, `git log --oneline` commits"
        )
        raise RulebookError([Diagnostic("ER0021", message, hint=hint)])
    archive = _git(top, "archive", "--format=tar", commit.stdout.decode().strip(), "--", folder)
    if archive.returncode:
        message = Text(
            f"修订版本 {quoted(revision)} 中没有文件夹 {quoted(folder)}",
            f"the revision {quoted(revision)} has no folder {quoted(folder)}",
        )
        hint = Text(
            "用 --folder 写明规则库在仓库中的位置", "say with --folder where in the repository the rulebook lies"
        )
        raise RulebookError([Diagnostic("ER0022", message, hint=hint)])
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        for member in tar:
            # plain files only: a link might lead out of the folder
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None:
                path = into / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
    return into / folder


def find_repository(here: Path) -> Path:
    """Return the top folder of the git repository that `here` is in.

    Raises:
        RulebookError: when there is no git, or no repository.

    """
    found = _git(here, "rev-parse", "--show-toplevel")
    if found.returncode:
        message = Text("这里不是 git 仓库，不能读取修订版本", "this is no git repository, so there are no revisions")
        hint = Text("改为给出两个规则库文件夹", "give two folders of rulebooks instead")
        raise RulebookError([Diagnostic("ER0020", message, hint=hint)])
    return Path(found.stdout.decode().strip())


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except OSError as error:
        message = Text(f"git 不能运行：{error.strerror}", f"git does not run: {error.strerror}")
        hint = Text("安装 git，或者给出两个规则库文件夹", "install git, or give two folders of rulebooks")
        raise RulebookError([Diagnostic("ER0020", message, hint=hint)]) from None
