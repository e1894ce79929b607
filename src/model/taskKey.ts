/** Names one task of one account. Task ids are only unique within their account. */
export interface TaskKey {
  readonly accountId: string;
  readonly taskId: string;
}

/** The key of a task in maps and stored records. Account ids contain no slash; task ids may. */
export function taskKeyText({ accountId, taskId }: TaskKey): string {
  return `${accountId}/${taskId}`;
}

export function isSameTask(one: TaskKey, other: TaskKey): boolean {
  return one.accountId === other.accountId && one.taskId === other.taskId;
}
