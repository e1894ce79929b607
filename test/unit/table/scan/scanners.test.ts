import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { freshState } from "../../../../src/table/scan/rowEnds.ts";
import {
  type Grammar,
  inputCapacity,
  longestNeedle,
  mostPositions,
  type Needle,
  numbersPerMatch,
  type Scanner,
} from "../../../../src/table/scan/scanner.ts";
import { createWasmScanner } from "../../../../src/table/scan/wasmScanner.ts";
import { builtScanner } from "./builtScanner.ts";
import { findSlowly, type Occurrence, readSlowly } from "./slowReference.ts";
import { anyText } from "./texts.ts";

const commas: Grammar = { kind: "delimited", delimiter: 44, quote: 34, newline: 10 };
const wasm = await builtScanner();
const scanners: [string, Scanner][] = [
  ["plain", createPlainScanner()],
  ["WebAssembly", createWasmScanner(wasm)],
];

/** Places at which a text is cut into stretches: none, some, or all. */
const cutting = fc.oneof(
  fc.constant(() => false),
  fc.constant(() => true),
  fc
    .array(fc.boolean(), { minLength: 1, maxLength: 40 })
    .map((cuts) => (at: number) => cuts[at % cuts.length] === true),
  fc.integer({ min: 2, max: 130 }).map((length) => (at: number) => at % length === 0),
);
/** Vectors are loaded at any place. */
const place = fc.nat({ max: 70 });

/** Puts the text there, with bytes around it that must not matter. */
function put(scanner: Scanner, text: string, at: number): number {
  scanner.input.subarray(0, at + text.length + 200).fill(0x0a);
  scanner.input.set(Buffer.from(text, "latin1"), at);
  return at + text.length;
}

function* stretches(from: number, to: number, isCut: (at: number) => boolean): Generator<[number, number]> {
  let start = from;
  for (let at = from + 1; at < to; at++) {
    if (!isCut(at - from)) continue;
    yield [start, at];
    start = at;
  }
  yield [start, to];
}

/** All matches, asked for in ranges and with little room. */
function findAll(scanner: Scanner, grammar: Grammar, needle: Needle, text: string, at: number, options: FindOptions) {
  const end = put(scanner, text, at);
  const state = freshState();
  const found = new Uint32Array(options.room * numbersPerMatch);
  const occurrences: Occurrence[] = [];
  let rows = 0;
  let skip = at;
  for (const [start, to] of stretches(at, end, options.isCut)) {
    for (let from = start; from < to;) {
      const range = { from, to, readable: end, skip: Math.max(skip, from) };
      const answer = scanner.find(grammar, state, range, needle, found);
      for (let match = 0; match < answer.matches; match++) {
        const [position = 0, row = 0, column = 0] = found.subarray(match * numbersPerMatch);
        occurrences.push({ position: position - at, row: rows + row, column });
      }
      rows += answer.ended;
      ({ at: from, skip } = answer);
    }
  }
  return { occurrences, rows, state };
}

interface FindOptions {
  readonly room: number;
  readonly isCut: (at: number) => boolean;
}

describe("scanners", () => {
  for (const [name, scanner] of scanners) {
    it(`${name}: finds the same row ends as a slow reader, wherever the text is divided`, () =>
      fc.assert(
        fc.property(anyText, cutting, place, ({ grammar, text }, isCut, at) => {
          const { starts } = readSlowly(text, grammar);
          const end = put(scanner, text, at);
          const state = freshState();
          for (const [from, to] of stretches(at, end, isCut)) {
            const inside = starts.filter((start) => start + at > from && start + at <= to);
            const { ended, lastStart } = scanner.scan(grammar, state, from, to);
            assert.equal(ended, inside.length);
            assert.equal(lastStart, inside.length === 0 ? -1 : (inside.at(-1) ?? 0) + at);
          }
        }),
        { numRuns: 1000 },
      ));

    it(`${name}: returns where each row begins, in several answers if there are many`, () =>
      fc.assert(
        fc.property(anyText, cutting, place, fc.integer({ min: 1, max: 9 }), ({ grammar, text }, isCut, at, room) => {
          const end = put(scanner, text, at);
          const state = freshState();
          const told: number[] = [];
          const starts = new Uint32Array(room);
          for (const [start, to] of stretches(at, end, isCut)) {
            for (let from = start, count = room; count === room; from = starts[room - 1] ?? to) {
              count = scanner.rowStarts(grammar, state, from, to, starts);
              told.push(...starts.subarray(0, count));
            }
          }
          assert.deepEqual(
            told.map((start) => start - at),
            readSlowly(text, grammar).starts,
          );
        }),
        { numRuns: 1000 },
      ));

    it(`${name}: finds every occurrence with its row and column`, () => {
      const needles = fc.oneof(
        fc.string({ unit: fc.constantFrom("a", "b", "A", "B", " ", ",", '"', "\n"), minLength: 1, maxLength: 3 }),
        fc.tuple(fc.nat(), fc.integer({ min: 1, max: 60 })),
      );
      fc.assert(
        fc.property(
          anyText,
          needles,
          fc.boolean(),
          fc.record({ isCut: cutting, room: fc.integer({ min: 1, max: 5 }) }),
          place,
          ({ grammar, text }, wanted, foldsCase, options, at) => {
            const piece = typeof wanted === "string" ? wanted : pieceOf(text, ...wanted);
            const sought = foldsCase ? piece.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : piece;
            const needle = { bytes: Buffer.from(sought, "latin1"), foldsCase };
            const { occurrences, rows } = findAll(scanner, grammar, needle, text, at, options);
            assert.deepEqual(occurrences, findSlowly(text, grammar, sought, foldsCase));
            assert.equal(rows, readSlowly(text, grammar).starts.length);
          },
        ),
        { numRuns: 1000 },
      );
    });

    it(`${name}: counts every occurrence that is complete in the stretch, and says where the first ones are`, () => {
      const needles = fc.oneof(
        fc.string({ unit: fc.constantFrom("a", "b", "A", ",", '"', "\n"), minLength: 1, maxLength: 3 }),
        fc.tuple(fc.nat(), fc.integer({ min: 1, max: 90 })),
      );
      fc.assert(
        fc.property(anyText, needles, fc.boolean(), fc.nat(4), place, ({ text }, wanted, foldsCase, room, at) => {
          const piece = typeof wanted === "string" ? wanted : pieceOf(text, ...wanted);
          const sought = foldsCase ? piece.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : piece;
          const end = put(scanner, text, at);
          // The rest of an occurrence that the stretch cuts off.
          scanner.input.set(Buffer.from(sought.slice(1), "latin1"), end);
          const expected = findSlowly(text, commas, sought, foldsCase).map(({ position }) => position + at);
          const positions = new Uint32Array(room);
          const needle = { bytes: Buffer.from(sought, "latin1"), foldsCase };
          assert.equal(scanner.positions(needle, at, end, positions), expected.length);
          const written = Math.min(room, expected.length);
          assert.deepEqual([...positions.subarray(0, written)], expected.slice(0, written));
        }),
        { numRuns: 1000 },
      );
    });

    it(`${name}: counts occurrences up to the end of its input`, () => {
      scanner.input.fill(0x61);
      const all = { bytes: Buffer.from("aa"), foldsCase: false };
      assert.equal(scanner.positions(all, 1, inputCapacity, new Uint32Array(0)), inputCapacity / 2 - 1);
      const positions = new Uint32Array(mostPositions);
      assert.equal(scanner.positions(all, 0, inputCapacity, positions), inputCapacity / 2);
      assert.deepEqual([positions[0], positions.at(-1)], [0, mostPositions * 2 - 2]);
    });

    it(`${name}: returns more rows and matches than it can hold at once`, () => {
      const rows = "a,A\n".repeat(30_000);
      const end = put(scanner, rows + "a".repeat(5000), 0);
      const starts = new Uint32Array(40_000);
      assert.equal(scanner.rowStarts(commas, freshState(), 0, end, starts), 30_000);
      assert.equal(starts[29_999], rows.length);
      const found = new Uint32Array(66_000 * numbersPerMatch);
      const needle = { bytes: Buffer.from("a"), foldsCase: true };
      const answer = scanner.find(commas, freshState(), { from: 0, to: end, readable: end, skip: 0 }, needle, found);
      assert.deepEqual(answer, { matches: 65_000, ended: 30_000, lastStart: rows.length, at: end, skip: end });
      assert.deepEqual(
        [...found.subarray(59_999 * numbersPerMatch, 60_001 * numbersPerMatch)],
        [rows.length - 2, 29_999, 1, rows.length, 30_000, 0],
      );
    });

    it(`${name}: finds a match across the end of a stretch, but not beyond the readable bytes`, () => {
      put(scanner, "xxneedle", 0);
      const needle = { bytes: Buffer.from("needle"), foldsCase: false };
      const found = new Uint32Array(3);
      const find = (readable: number) =>
        scanner.find(commas, freshState(), { from: 0, to: 4, readable, skip: 0 }, needle, found);
      assert.deepEqual(find(8), { matches: 1, ended: 0, lastStart: -1, at: 3, skip: 8 });
      assert.deepEqual(find(7), { matches: 0, ended: 0, lastStart: -1, at: 4, skip: 0 });
    });

    it(`${name}: has room for a whole stretch and the longest search text`, () => {
      scanner.input.fill(0x61);
      const needle = { bytes: new Uint8Array(longestNeedle).fill(0x61), foldsCase: false };
      const range = { from: inputCapacity - 1, to: inputCapacity, readable: scanner.input.length, skip: 0 };
      const find = () => scanner.find(commas, freshState(), range, needle, new Uint32Array(6));
      assert.equal(find().matches, 1);
      scanner.input[scanner.input.length - 2] = 0;
      assert.equal(find().matches, 0);
    });

    it(`${name}: rejects search texts that are empty or too long, and a missing buffer`, () => {
      const range = { from: 0, to: 1, readable: 1, skip: 0 };
      const find = (length: number, room: number) => () =>
        scanner.find(
          commas,
          freshState(),
          range,
          { bytes: new Uint8Array(length), foldsCase: false },
          new Uint32Array(room),
        );
      assert.throws(find(0, 3), RangeError);
      assert.throws(find(longestNeedle + 1, 3), RangeError);
      assert.throws(find(1, 2), RangeError);
      const count = (length: number, room: number) => () =>
        scanner.positions({ bytes: new Uint8Array(length), foldsCase: false }, 0, 1, new Uint32Array(room));
      assert.throws(count(0, 3), RangeError);
      assert.throws(count(longestNeedle + 1, 3), RangeError);
      assert.throws(count(1, mostPositions + 1), RangeError);
    });
  }

  it("have the same state as each other after every stretch", () => {
    const needle = { bytes: Buffer.from("a"), foldsCase: true };
    fc.assert(
      fc.property(anyText, cutting, place, ({ grammar, text }, isCut, at) => {
        const states = scanners.map(([, scanner]) => {
          const end = put(scanner, text, at);
          const state = freshState();
          const each = [...stretches(at, end, isCut)].map(([from, to]) => {
            scanner.scan(grammar, state, from, to);
            return { ...state };
          });
          return { each, afterFind: findAll(scanner, grammar, needle, text, at, { isCut, room: 2 }).state };
        });
        assert.deepEqual(states[0], states[1]);
        assert.deepEqual(states[0]?.each.at(-1), states[0]?.afterFind);
      }),
      { numRuns: 500 },
    );
  });

  it("reject a WebAssembly module that isn't a scanner", () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    assert.throws(() => createWasmScanner(empty), /no memory/);
  });
});

/** Some text that occurs; a letter where there is none. */
function pieceOf(text: string, at: number, length: number): string {
  return text.slice(at % (text.length + 1)).slice(0, length) || "a";
}
