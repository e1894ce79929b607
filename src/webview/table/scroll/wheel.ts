/** What of a wheel event decides; modes as in `WheelEvent.deltaMode`: pixels, lines, pages. */
export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** As in VS Code's editor. */
const fastFactor = 5;

/** A wheel's turn in pixels. Shift turns it sideways, where the system has not done so already; Alt makes it fast. */
export function wheelPixels(turn: WheelTurn, line: number, page: number): { x: number; y: number } {
  const unit = (turn.deltaMode === 1 ? line : turn.deltaMode === 2 ? page : 1) * (turn.altKey ? fastFactor : 1);
  const sideways = turn.shiftKey && turn.deltaX === 0;
  return sideways ? { x: turn.deltaY * unit, y: 0 } : { x: turn.deltaX * unit, y: turn.deltaY * unit };
}
