import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { releaseChangelog } from "../../../../scripts/release/changelog.ts";
import { compareFileLists, reviewedNames } from "../../../../scripts/release/fileList.ts";
import { isNewer, isPreRelease, parseVersion } from "../../../../scripts/release/version.ts";

describe("The version of a release", () => {
  it("is three whole numbers", () => {
    assert.deepEqual(parseVersion("0.12.3"), { major: 0, minor: 12, patch: 3 });
    for (const text of ["", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-beta", "01.2.3", "1.2.x", "1.2.3\n"])
      assert.throws(() => parseVersion(text), /three numbers/, text);
  });

  it("is a pre-release if its minor number is odd", () => {
    assert.deepEqual(["0.1.0", "0.2.0", "1.0.1", "1.1.0", "2.10.7"].map(parseVersion).map(isPreRelease), [
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it("must come after the last one", () => {
    const comesAfter = (one: string, other: string): boolean => isNewer(parseVersion(one), parseVersion(other));
    assert.ok(comesAfter("0.2.0", "0.1.9"));
    assert.ok(comesAfter("1.0.0", "0.9.9"));
    assert.ok(comesAfter("0.2.10", "0.2.9"));
    assert.equal(comesAfter("0.2.0", "0.2.0"), false);
    assert.equal(comesAfter("0.1.9", "0.2.0"), false);
  });
});

const changelog = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-01-01

### Added

- The first thing.
`;

describe("The changelog of a release", () => {
  it("gives the unreleased changes a version and a date, and keeps everything else", () => {
    const { text, notes } = releaseChangelog(changelog, "0.2.0", "2026-11-26");
    assert.equal(text, changelog.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [0.2.0] - 2026-11-26\n"));
    assert.equal(notes, "### Added\n\n- A thing.");
  });

  it("also works for the first version", () => {
    const first = "# Changelog\n\n## [Unreleased]\n\n- A thing.\n";
    const { text } = releaseChangelog(first, "0.1.0", "2026-11-26");
    assert.equal(text, "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-11-26\n\n- A thing.\n");
  });

  it("is refused without changes, without the section, and for a version that is there", () => {
    const empty = changelog.replace("### Added\n\n- A thing.\n\n", "");
    assert.throws(() => releaseChangelog(empty, "0.2.0", "2026-11-26"), /no unreleased changes/);
    assert.throws(() => releaseChangelog("# Changelog\n", "0.2.0", "2026-11-26"), /exactly one section/);
    assert.throws(() => releaseChangelog(changelog, "0.1.0", "2026-11-26"), /already has/);
  });
});

describe("The files of a package", () => {
  it("are compared without the hashes in the names of parts", () => {
    assert.deepEqual(reviewedNames(["dist/parts/undiciClient-Z7T6PCGY.js", "README.md", "dist/my-ABCDEFGH.js"]), [
      "README.md",
      "dist/my-ABCDEFGH.js",
      "dist/parts/undiciClient.js",
    ]);
  });

  it("are named if nobody has reviewed them, or if they are missing", () => {
    const reviewed = ["README.md", "dist/extension.js"];
    assert.deepEqual(compareFileLists(["README.md", ".env"], reviewed), {
      added: [".env"],
      missing: ["dist/extension.js"],
    });
    assert.deepEqual(compareFileLists(["dist/extension.js", "README.md"], reviewed), { added: [], missing: [] });
  });
});
