"""The yearly work summary of any union: built from figures once, rendered as Word, HTML or Markdown.

`building` makes a model, plain data that can be stored; `rendering` prints a stored model, then or years
later. Sentences, sections and looks are files (`shipped/`) that a province may replace one by one.
"""
