import type { CommandDefinition } from "../commandRegistry.ts";
import { askWatched } from "../prompts/askWatch.ts";
import { watchKey } from "../watching/watched.ts";
import { watchReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Stops watching a task or a kind. A download that already runs goes on. */
export function unwatchTask({
  watching,
}: Pick<CommandParts, "watching">): CommandDefinition<"taskExports.unwatchTask"> {
  return {
    argument: watchReference,
    async run(reference) {
      await watching.unwatch(watchKey(await askWatched(watching.list, reference)));
      return undefined;
    },
  };
}
