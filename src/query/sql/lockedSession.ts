import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { quotedName, quotedText } from "../quoting.ts";

/** Where the tables of an export are, and the name by which a statement refers to that database. */
export interface AttachedFile {
  readonly path: string;
  readonly name: string;
}

/** The engine for a person's statements. It reads the attached files and nothing else, and can't be unlocked. */
export interface LockedSession {
  readonly connection: DuckDBConnection;
  close(): void;
}

/**
 * In this order: the main database is in memory, so that nothing can be written to a file; the files are attached to be read
 * only; then the engine loses access to all files. That also keeps it from writing temporary files, so a statement that
 * needs more memory fails.
 */
export async function openLockedSession(
  files: readonly AttachedFile[],
  memoryLimitMiB: number,
): Promise<LockedSession> {
  const instance = await DuckDBInstance.create(":memory:", {
    errors_as_json: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: `${memoryLimitMiB}MiB`,
  });
  try {
    const connection = await instance.connect();
    for (const { path, name } of files) {
      await connection.run(`ATTACH ${quotedText(path)} AS ${quotedName(name)} (READ_ONLY)`);
    }
    await connection.run("SET enable_external_access = false");
    await connection.run("SET disabled_filesystems = 'LocalFileSystem'");
    await connection.run("SET lock_configuration = true");
    return {
      connection,
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}
