"""Exports of news databases: one file that contains many articles. One module for each database.

`registry` recognises which export a text is; `record` defines the article that every module
returns; `fields` reads labelled lines ("LENGTH: 456 words"), which most exports have; `marks` finds
where one article ends and the next begins. To read another export, write a module with a function
`read_…(lines) -> list[ExportedArticle]` that returns [] for any other text, and list it in
`registry`. Its labels go to `lexicon/reading/export_labels.csv`.
"""
