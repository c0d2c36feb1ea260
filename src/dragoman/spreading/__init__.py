"""Articles -> readings kept as Parquet, by many processes or machines, and from there into a case.

`shards` tells what is to be read, `work` reads one shard in whatever process, `machines` and `on_ray` run that in many,
`job` sees to it that each shard is read once, `manifest` says which count, `taking` brings them into a case.
"""
