"""Compares what others read of readers.sh's exports with the table, row by row.

Arguments: the folder of the exports, the S3 server's address, a node of Cassandra, its datacenter.
"""

import collections
import glob
import os
import sys
import urllib.parse

import deltalake
import duckdb
import pyarrow.dataset
import pyarrow.fs
from cassandra.cluster import Cluster, ExecutionProfile, EXEC_PROFILE_DEFAULT
from cassandra.policies import WhiteListRoundRobinPolicy
from pyiceberg.table import StaticTable

COLUMNS = ["order_id", "country", "amount", "coupon", "items", "note", "paid", "amount_writetime", "note_writetime"]


def spelled(row):
    return tuple(None if value is None else str(value).lower() if isinstance(value, bool) else str(value) for value in row)


def of_table(node, datacenter):
    host, port = node.rsplit(":", 1)
    profile = ExecutionProfile(load_balancing_policy=WhiteListRoundRobinPolicy([host]))
    cluster = Cluster([host], port=int(port), execution_profiles={EXEC_PROFILE_DEFAULT: profile})
    try:
        rows = cluster.connect("readers").execute(
            "SELECT order_id, country, amount, coupon, items, note, paid, writetime(amount), writetime(note) FROM orders"
        )
        return collections.Counter(spelled(row) for row in rows)
    finally:
        cluster.shutdown()


def of_arrow(table):
    return collections.Counter(spelled(row.values()) for row in table.select(COLUMNS).to_pylist())


def of_duckdb(reader):
    rows = duckdb.sql(f"SELECT {', '.join(COLUMNS)} FROM {reader}").fetchall()
    return collections.Counter(spelled(row) for row in rows)


def newest(files):
    """The newest metadata of a table of files: their names count up."""
    return max(files, key=lambda file: int(file.rsplit("/v", 1)[1].split(".")[0]))


def main(folder, endpoint, node, datacenter):
    address = urllib.parse.urlparse(endpoint)
    s3 = pyarrow.fs.S3FileSystem(endpoint_override=address.netloc, scheme=address.scheme)
    in_bucket = {"AWS_ENDPOINT_URL": endpoint, "AWS_ALLOW_HTTP": "true", "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "false"}
    of_iceberg = {
        "s3.endpoint": endpoint,
        "s3.access-key-id": os.environ["AWS_ACCESS_KEY_ID"],
        "s3.secret-access-key": os.environ["AWS_SECRET_ACCESS_KEY"],
        "s3.region": os.environ["AWS_REGION"],
        "py-io-impl": "pyiceberg.io.pyarrow.PyArrowFileIO",
    }
    metadata = "iceberg/readers/orders/metadata"
    on_s3 = [file.path for file in s3.get_file_info(pyarrow.fs.FileSelector(f"lake/{metadata}")) if file.path.endswith(".metadata.json")]

    def parquet(path, filesystem):
        return of_arrow(
            pyarrow.dataset.dataset(path, filesystem=filesystem, format="parquet", partitioning="hive").to_table()
        )

    readers = {
        "csv by DuckDB": lambda: of_duckdb(
            f"read_csv('{folder}/csv/part-*', header = true, all_varchar = true, allow_quoted_nulls = false)"
        ),
        "json by DuckDB": lambda: of_duckdb(f"read_json('{folder}/json/part-*', convert_strings_to_integers = false)"),
        "parquet by pyarrow": lambda: parquet(f"{folder}/parquet", pyarrow.fs.LocalFileSystem()),
        "parquet on S3 by pyarrow": lambda: parquet("lake/parquet", s3),
        "iceberg by pyiceberg": lambda: of_arrow(
            StaticTable.from_metadata(newest(glob.glob(f"{folder}/{metadata}/*.metadata.json"))).scan().to_arrow()
        ),
        "iceberg on S3 by pyiceberg": lambda: of_arrow(
            StaticTable.from_metadata("s3a://" + newest(on_s3), of_iceberg).scan().to_arrow()
        ),
        "delta by delta-rs": lambda: of_arrow(deltalake.DeltaTable(f"{folder}/delta").to_pyarrow_table()),
        "delta on S3 by delta-rs": lambda: of_arrow(
            deltalake.DeltaTable("s3://lake/delta", storage_options=in_bucket).to_pyarrow_table()
        ),
    }
    expected = of_table(node, datacenter)
    if sum(expected.values()) != 5000:
        sys.exit(f"The table has {sum(expected.values())} rows")
    wrong = False
    for name, read in readers.items():
        found = read()
        missing, surplus = expected - found, found - expected
        print(f"{name}: {sum(found.values())} rows, {sum(missing.values())} missing, {sum(surplus.values())} too many")
        for row in [*missing][:2]:
            print("  missing", row)
        for row in [*surplus][:2]:
            print("  surplus", row)
        wrong = wrong or missing or surplus
    # Not by sys.exit: threads of the readers may outlive what they need, and abort.
    sys.stdout.flush()
    os._exit(1 if wrong else 0)


main(*sys.argv[1:])
