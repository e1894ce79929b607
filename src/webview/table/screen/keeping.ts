import { Debounced } from "../debounced.ts";
import type { GridState } from "../state/gridState.ts";
import type { HostLink } from "../hostLink.ts";

const keepMs = 300;

/** Tells the host where the person is and how the columns are laid out, so that both are there the next time. */
export function keepWithHost(link: HostLink, state: GridState): void {
  let keptLayout = JSON.stringify(state.layout.kept());
  const layout = new Debounced(keepMs, () => {
    const kept = state.layout.kept();
    const now = JSON.stringify(kept);
    if (now === keptLayout) return;
    keptLayout = now;
    ignoreRefusal(link.request("keepLayout", kept));
  });
  const position = new Debounced(keepMs, () => {
    const row = Math.max(0, state.selection.focus.row);
    ignoreRefusal(link.request("keepPosition", { row, column: state.focusPlace }));
  });
  state.changes.add((change) => {
    if (change === "shape") keptLayout = JSON.stringify(state.layout.kept());
    if (change === "layout") layout.ask();
    if (change === "selection") position.ask();
  });
}

/** Not to be kept is no reason to bother anybody. */
function ignoreRefusal(request: Promise<null>): void {
  request.catch(() => undefined);
}
