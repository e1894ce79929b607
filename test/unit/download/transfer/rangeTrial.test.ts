import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RangeTrial } from "../../../../src/download/transfer/rangeTrial.ts";
import { createFakeClock } from "../../http/fakeClock.ts";

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;

/** A trial whose single connection has brought so many bytes within 300 ms. */
function measured(bytes: number, total = gibibyte) {
  const clock = createFakeClock();
  const trial = new RangeTrial(clock);
  trial.begin(0);
  clock.advance(300);
  const tries = trial.measureSingle(bytes, total);
  trial.begin(bytes);
  return { clock, trial, tries };
}

describe("The trial of parallel ranges", () => {
  it("measures one connection for a while before it tries ranges", () => {
    const clock = createFakeClock();
    const trial = new RangeTrial(clock);
    trial.begin(5000);
    clock.advance(299);
    assert.equal(trial.measureSingle(3 * mebibyte, gibibyte), false);
    assert.ok(trial.isOpen);
    clock.advance(1);
    assert.equal(trial.measureSingle(3 * mebibyte, gibibyte), true);
    assert.ok(trial.prefersRanges);
  });

  it("doesn't try ranges if one connection is as fast as this computer can be", () => {
    assert.equal(measured(47 * mebibyte).tries, true);
    const { trial, tries } = measured(49 * mebibyte);
    assert.equal(tries, false);
    assert.equal(trial.isOpen, false, "it is not measured again");
  });

  it("doesn't try ranges if the download ends within a second", () => {
    assert.equal(measured(3 * mebibyte, 13 * mebibyte - 1).tries, false);
    assert.equal(measured(3 * mebibyte, 13 * mebibyte + 1).tries, true);
  });

  it("continues with ranges if they are faster, otherwise with one connection", () => {
    for (const [gain, continues] of [
      [1.24, false],
      [1.26, true],
      [4, true],
    ] as const) {
      const { clock, trial } = measured(3 * mebibyte);
      clock.advance(2000);
      assert.equal(trial.measureRanges(3 * mebibyte + 20 * mebibyte * gain), continues, `${gain} times as fast`);
      assert.equal(trial.prefersRanges, continues);
    }
  });

  it("gives ranges two seconds before it judges them", () => {
    const { clock, trial } = measured(3 * mebibyte);
    clock.advance(1999);
    assert.equal(trial.measureRanges(3 * mebibyte), true);
    clock.advance(1);
    assert.equal(trial.measureRanges(3 * mebibyte), false);
  });

  it("asks a slow host for smaller ranges, from 512 KiB to 4 MiB", () => {
    const sizes = [0.01, 0.3, 3, 30].map((mebibytes) => measured(mebibytes * mebibyte).trial.rangeBytes);
    assert.deepEqual(sizes, [512 * 1024, mebibyte, 4 * mebibyte, 4 * mebibyte]);
  });
});
