"""Campaign results that come as files: read, recognised by their headers, mapped, checked.

    bytes -> rows of cells -> tables -> format -> numbers and days per column -> campaign results

unpacking  texts | workbooks   layout    detect    numbers, days, currencies    reading
                                         mapping   (formats/<name>.toml)        totals, overlaps
"""
