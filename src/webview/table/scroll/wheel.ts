/** The fields of a wheel event that matter. Modes are those of `WheelEvent.deltaMode`: pixels, lines, pages. */
export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** As in VS Code's editor. */
const fastFactor = 5;

/** How far a wheel scrolls, in pixels. Shift scrolls sideways, unless the system has done so already; Alt is faster. */
export function wheelPixels(turn: WheelTurn, line: number, page: number): { x: number; y: number } {
  const unit = (turn.deltaMode === 1 ? line : turn.deltaMode === 2 ? page : 1) * (turn.altKey ? fastFactor : 1);
  const sideways = turn.shiftKey && turn.deltaX === 0;
  return sideways ? { x: turn.deltaY * unit, y: 0 } : { x: turn.deltaX * unit, y: turn.deltaY * unit };
}
