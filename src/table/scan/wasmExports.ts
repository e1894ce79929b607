/** A function of a WebAssembly program. */
export type Call = (...numbers: number[]) => number;

export function memoryOf(exports: WebAssembly.Exports): WebAssembly.Memory {
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("The program has no memory.");
  return memory;
}

export function numberOf(exports: WebAssembly.Exports, name: string): number {
  return Number(globalOf(exports, name).value);
}

/** A number that can change. */
export function globalOf(exports: WebAssembly.Exports, name: string): WebAssembly.Global {
  const global = exports[name];
  if (!(global instanceof WebAssembly.Global)) throw new Error(`The program has no number "${name}".`);
  return global;
}

export function callOf(exports: WebAssembly.Exports, name: string): Call {
  const called = exports[name];
  if (!isCall(called)) throw new Error(`The program has no function "${name}".`);
  return called;
}

/** An exported function takes numbers and returns a number or nothing. */
function isCall(value: unknown): value is Call {
  return typeof value === "function";
}
