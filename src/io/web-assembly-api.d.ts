/* What lp uses of the WebAssembly JavaScript interface, whose types come with browsers' only. Source: W3C wasm-js-api-2. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { readonly initial: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Global<Type extends 'i32'> {
    value: Type extends 'i32' ? number : never;
  }
  class Module {
    private constructor();
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, object>>);
    readonly exports: object;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function validate(bytes: Uint8Array): boolean;
}
