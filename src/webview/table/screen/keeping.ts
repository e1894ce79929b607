import type { GridState } from "../state/gridState.ts";
import type { HostLink } from "../hostLink.ts";
import { Throttled } from "../throttled.ts";

const positionMs = 300;

/**
 * Tells the host where the user is and how the columns are laid out, so that both are the same the next time. Neither
 * waits: VS Code ends the page, with its timers, as soon as the tab is hidden or closed.
 */
export function keepWithHost(link: Pick<HostLink, "ask">, state: GridState): void {
  let keptLayout = JSON.stringify(state.layout.kept());
  const keepLayout = (): void => {
    const kept = state.layout.kept();
    const now = JSON.stringify(kept);
    if (now === keptLayout) return;
    keptLayout = now;
    ignoreRefusal(link.ask("keepLayout", kept));
  };
  const position = new Throttled(positionMs, () => {
    ignoreRefusal(keepPosition(link, state));
  });
  state.changes.add((change) => {
    if (change === "shape") keptLayout = JSON.stringify(state.layout.kept());
    if (change === "layout") keepLayout();
    if (change === "selection") position.ask();
  });
}

/** Tells the host which size the user chose for the detail pane, so that the next table opens with it. */
export function detailSizeKeeper(link: HostLink): (size: number | undefined) => void {
  return (size) => ignoreRefusal(link.ask("keepDetailSize", { size: size ?? null }));
}

async function keepPosition(link: Pick<HostLink, "ask">, state: GridState): Promise<null> {
  const column = state.focusColumn;
  const number = await state.rows.numberOf(Math.max(0, state.selection.focus.row), new AbortController().signal);
  return number === undefined ? null : link.ask("keepPosition", { number, column });
}

/** If it can't be kept, the user needn't know. */
function ignoreRefusal(request: Promise<null>): void {
  request.catch(() => undefined);
}
