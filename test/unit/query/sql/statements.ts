/** Statements that only read the export. */
export const harmless: readonly string[] = [
  ...[
    "SELECT 1",
    "SELECT 1;",
    "select * from export; -- end",
    "/* first */ SELECT ';' FROM export",
    "FROM export",
    "TABLE export",
  ],
  ...[
    "VALUES (1), (2)",
    "WITH x AS (SELECT a FROM export) SELECT * FROM x",
    "(SELECT 1) UNION ALL (SELECT 2)",
    "SUMMARIZE export",
  ],
  ...["DESCRIBE export", "SHOW TABLES", "EXPLAIN SELECT * FROM export", "EXPLAIN ANALYZE SELECT * FROM export"],
  ...["EXPLAIN (ANALYZE, FORMAT json) SELECT * FROM export"],
  ...[
    "PIVOT export ON b USING sum(a)",
    "FROM (PIVOT export ON b USING sum(a))",
    "PIVOT export ON b IN (1, 2) USING sum(a)",
  ],
  ...["UNPIVOT export ON a, b", "SELECT a, row_number() OVER (PARTITION BY b ORDER BY a) FROM export"],
  ...[
    "SELECT a FROM export QUALIFY row_number() OVER (PARTITION BY b ORDER BY a) = 1",
    "SELECT max(COLUMNS('a|b')) FROM export",
  ],
  ...[
    "SELECT list_transform([1, 2], lambda x: x + 1), {'a': 1}.a, [1, 2][1]",
    "SELECT * FROM export l ASOF JOIN export r ON l.a >= r.a",
  ],
  ...[
    'SELECT \'COPY\', "a" AS "DROP" FROM export',
    "SELECT $$; DROP TABLE export$$",
    "SELECT checkpoint FROM (SELECT 1 AS checkpoint)",
  ],
];

const statements = [
  ...[
    "COPY export TO 'CANARY'",
    "COPY (SELECT 1) TO 'FOLDER/new.csv'",
    "COPY export TO 'DATABASE' (USE_TMP_FILE false)",
  ],
  ...[
    "COPY export FROM 'CANARY'",
    "COPY (PIVOT export ON b USING sum(a)) TO 'FOLDER/new.csv'",
    "COPY FROM DATABASE data TO memory",
  ],
  ...[
    "ATTACH 'FOLDER/new.db'",
    "ATTACH 'DATABASE' AS again",
    "DETACH data",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD json",
    "FORCE INSTALL httpfs",
  ],
  ...[
    "SET threads = 1",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET threads",
    "SET VARIABLE x = 1",
    "SET disabled_filesystems = ''",
  ],
  ...[
    "PRAGMA threads = 1",
    "PRAGMA database_list",
    "PRAGMA import_database('FOLDER')",
    "PRAGMA enable_profiling",
    "PRAGMA version",
    "PRAGMA show_tables",
  ],
  ...[
    "CALL pragma_version()",
    "CALL enable_logging()",
    "CALL force_checkpoint()",
    "VACUUM",
    "VACUUM ANALYZE",
    "ANALYZE",
    "CHECKPOINT",
    "FORCE CHECKPOINT data",
  ],
  ...[
    "EXPORT DATABASE 'FOLDER/out'",
    "IMPORT DATABASE 'FOLDER'",
    "CREATE SECRET s (TYPE s3)",
    "CREATE PERSISTENT SECRET s (TYPE http)",
    "DROP SECRET s",
  ],
  ...[
    "CREATE TABLE t AS SELECT 1",
    "CREATE TEMP TABLE t (a INT)",
    "CREATE VIEW v AS SELECT 1",
    "CREATE MACRO m() AS 1",
    "CREATE MACRO m() AS TABLE SELECT 1",
  ],
  ...[
    "CREATE TYPE t AS ENUM ('a')",
    "CREATE SEQUENCE s",
    "CREATE SCHEMA s",
    "CREATE INDEX i ON export (a)",
    "CREATE OR REPLACE TABLE memory.t AS FROM export",
  ],
  ...[
    "DROP TABLE export",
    "ALTER TABLE export ADD COLUMN z INT",
    "TRUNCATE export",
    "INSERT INTO export VALUES (1, 2, 'x')",
    "UPDATE export SET a = 1",
    "DELETE FROM export",
  ],
  ...[
    "MERGE INTO export USING export e ON false WHEN NOT MATCHED THEN INSERT VALUES (1, 2, 'x')",
    "COMMENT ON TABLE export IS 'x'",
    "UPDATE EXTENSIONS",
  ],
  ...[
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "USE memory",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "DEALLOCATE p",
    "INSERT INTO export VALUES (1, 2, 'x') RETURNING a",
  ],
  ...[
    "WITH x AS (INSERT INTO export VALUES (1, 2, 'x') RETURNING a) SELECT * FROM x",
    "WITH x AS (SELECT 1) INSERT INTO export SELECT 1, 2, 'x'",
  ],
  ...["WITH x AS (SELECT 1) DELETE FROM export", "CREATE TABLE t AS PIVOT export ON b USING sum(a)"],
];

const functions = [
  ...[
    "read_csv('CANARY')",
    "read_csv_auto('CANARY')",
    "read_text('CANARY')",
    "read_blob('CANARY')",
    "glob('FOLDER/*')",
    "sniff_csv('CANARY')",
  ],
  ...[
    "read_json('CANARY')",
    "read_ndjson('CANARY')",
    "read_json_objects('CANARY')",
    "read_parquet('CANARY')",
    "parquet_scan('CANARY')",
    "parquet_metadata('CANARY')",
  ],
  ...[
    "parquet_schema('CANARY')",
    "parquet_file_metadata('CANARY')",
    "parquet_kv_metadata('CANARY')",
    "read_duckdb('DATABASE')",
    "read_text('/etc/passwd')",
  ],
  ...[
    "read_csv('http://127.0.0.1:9/x.csv')",
    "read_parquet('https://127.0.0.1:9/x.parquet')",
    "read_text('s3://x/y')",
    "read_text('file:CANARY')",
    "read_text(['CANARY'])",
  ],
  ...[
    "'CANARY'",
    '"CANARY"',
    "'/etc/passwd'",
    "'http://127.0.0.1:9/x.csv'",
    "'FOLDER/*.csv'",
    "enable_logging()",
    "enable_logging(storage = 'file')",
  ],
  ...[
    "enable_logging(storage = 'file', storage_path = 'FOLDER/log')",
    "enable_logging(storage = 'stdout')",
    '"enable_logging"()',
    "ENABLE_LOGGING /* x */ ()",
  ],
  ...[
    "disable_logging()",
    "truncate_duckdb_logs()",
    "checkpoint()",
    "force_checkpoint()",
    "checkpoint('data')",
    "duckdb_secrets()",
    "which_secret('x', 's3')",
  ],
  ...[
    "query('SELECT 1')",
    "query('FROM enable_' || 'logging()')",
    "query('DROP TABLE export')",
    "system.main.query('SELECT 1')",
    "query_table('CANARY')",
  ],
  ...["json_execute_serialized_sql(json_serialize_sql('SELECT 1'))", "import_database('FOLDER')"],
];

/** Each function in different places of a statement. */
const called = functions.flatMap((call) => [
  `SELECT * FROM ${call}`,
  `FROM ${call}`,
  `WITH x AS (FROM ${call}) FROM x`,
  `EXPLAIN ANALYZE SELECT * FROM ${call}`,
]);

/** Statements that would write or read a file, change the engine or the tables, or are more than one. CANARY is a file. */
export const hostile: readonly string[] = [
  ...statements,
  ...statements.flatMap((sql) => [
    `EXPLAIN ANALYZE ${sql}`,
    `EXPLAIN (ANALYZE) ${sql}`,
    `SELECT 1; ${sql}`,
    `/* SELECT */ ${sql};`,
  ]),
  ...called,
  ...[
    "SELECT getenv('HOME')",
    "SELECT write_log('x')",
    "SELECT 'x'.write_log()",
    "SELECT (SELECT content FROM read_text('CANARY'))",
  ],
  ...[
    "SELECT 1; SELECT 2",
    "SELECT $$;$$; SELECT 2",
    "SELECT 1;; -- x\n SELECT 2",
    "SELECT $a$ ' $a$; SELECT ' '",
    "SELECT 1 /* ; */ ; SELECT 2",
  ],
  ...[
    "PIVOT export ON b USING sum(a); PIVOT export ON b USING sum(a)",
    "PIVOT (FROM read_csv('CANARY')) ON b USING count(*)",
    "",
    " ",
    "-- only a comment",
    ";",
    "SELEC 1",
  ],
];
