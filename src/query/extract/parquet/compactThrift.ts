/**
 * Thrift's compact protocol, as far as Parquet's metadata needs it:
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export interface ThriftValue {
  /** The type, as in the header of a field or list. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

const types = { i32: 5, i64: 6, binary: 8, list: 9, struct: 12 };
/** Longer lists have their length after the header. */
const longestShortList = 14;

export function i32(value: number): ThriftValue {
  return { type: types.i32, bytes: zigzag(value) };
}

export function i64(value: number): ThriftValue {
  return { type: types.i64, bytes: zigzag(value) };
}

export function text(value: string): ThriftValue {
  const bytes = Buffer.from(value);
  return { type: types.binary, bytes: Buffer.concat([varint(bytes.length), bytes]) };
}

export function structList(values: readonly ThriftValue[]): ThriftValue {
  return list(types.struct, values);
}

export function i32List(values: readonly number[]): ThriftValue {
  return list(types.i32, values.map(i32));
}

export function textList(values: readonly string[]): ThriftValue {
  return list(types.binary, values.map(text));
}

/** @param fields ID and value of each field; the IDs increase, by at most 15 */
export function struct(fields: readonly (readonly [id: number, value: ThriftValue])[]): ThriftValue {
  let last = 0;
  const parts: Uint8Array[] = [];
  for (const [id, { type, bytes }] of fields) {
    parts.push(Uint8Array.of(((id - last) << 4) | type), bytes);
    last = id;
  }
  return { type: types.struct, bytes: Buffer.concat([...parts, Uint8Array.of(0)]) };
}

/** Seven bits a byte, the lowest ones first. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function list(type: number, values: readonly ThriftValue[]): ThriftValue {
  const { length } = values;
  const isShort = length <= longestShortList;
  const header = isShort ? [Uint8Array.of((length << 4) | type)] : [Uint8Array.of(0xf0 | type), varint(length)];
  return { type: types.list, bytes: Buffer.concat([...header, ...values.map(({ bytes }) => bytes)]) };
}

/** Of non-negative numbers only: Parquet's metadata has no others here. */
function zigzag(value: number): Uint8Array {
  return varint(value * 2);
}
