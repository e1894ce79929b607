import type { TaskKey } from "../../model/taskKey.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import type { TasksView } from "../tree/tasksView.ts";

/** What the message about a task that was started offers to do with it. */
export interface TaskOffer {
  /** Called when the message is shown. */
  readonly label: () => string;
  readonly accept: (task: TaskKey) => void;
}

interface StartedTaskParts {
  readonly tasks: TaskLists;
  readonly view: TasksView;
  readonly taskOffers: readonly TaskOffer[];
}

/** Loads the account's tasks again, selects the one that was started, and says so once. Doesn't wait for the answer. */
export async function showStarted(parts: StartedTaskParts, task: TaskKey, sentence: string): Promise<void> {
  const { tasks, view, taskOffers } = parts;
  await tasks.refresh(task.accountId);
  await view.revealTask(task);
  const offers = taskOffers.map(({ label, accept }) => ({ label: label(), accept }));
  void showInformation(sentence, ...offers.map(({ label }) => label)).then((chosen) => {
    offers.find(({ label }) => label === chosen)?.accept(task);
  });
}
