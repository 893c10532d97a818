"""Campaign results that come as files: read, recognised by their headers, mapped, checked.

bytes -> rows of cells -> tables -> format -> what columns prove -> campaign results -> the store

bytes           unpacking              rows     texts, workbooks        tables    layout
format          headings, detect, mapping, formats/<name>.toml
what they prove opening, evidence, numbers, days, currencies
results         plan, screening, cells, batches, totals, reading
the store       overlaps, admission, importing
"""
