"""The pages of the documentation site that are made from the rulebook and the program.

`material` gathers what they tell; each other module makes one kind of page. `scripts/build_site.py` writes them
beside the hand-written ones and builds the site.
"""
