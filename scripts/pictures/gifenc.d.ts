/** The part of gifenc that is used here; the package has no types of its own. */
declare module "gifenc" {
  export interface GifFrameOptions {
    /** Required for the first frame, whose palette then is the one of the whole film. */
    palette?: readonly (readonly [red: number, green: number, blue: number])[];
    /** Milliseconds. */
    delay: number;
    transparent: boolean;
    transparentIndex: number;
    /** 1: the next frame is drawn over this one. */
    dispose: number;
    /** 0: the film starts again for ever. */
    repeat: number;
  }

  export interface GifEncoder {
    writeFrame(indexes: Uint8Array, width: number, height: number, options: GifFrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  const gifenc: { GIFEncoder(): GifEncoder };
  export default gifenc;
}
