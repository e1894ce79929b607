/**
 * The few parts of WebAssembly that the scanner uses. TypeScript declares them only together with the whole browser
 * library.
 */
declare namespace WebAssembly {
  type Exports = Readonly<Record<string, unknown>>;

  const Module: new (bytes: Uint8Array) => Module;

  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: Exports;
  }

  class Memory {
    readonly buffer: ArrayBuffer;
  }

  class Global {
    readonly value: unknown;
  }
}
