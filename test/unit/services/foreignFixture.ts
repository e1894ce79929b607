export const file = { index: 0, name: "a.csv", url: "https://files.example.com/a.csv?sig=1" };

/** A service as another extension would register it, with changes. */
export function given(changes: object = {}): object {
  return {
    id: "third",
    label: "Third",
    endpoints: [],
    credentialForms: [
      {
        kind: "custom",
        label: "Key",
        fields: [{ name: "key", label: "Key", secret: true }],
        toCredentials: (values: Record<string, string>) => ({ kind: "custom", values }),
      },
    ],
    findTaskId: (text: string) => (text.startsWith("T") ? text : undefined),
    verify: () => Promise.resolve(),
    listTasks: () => Promise.resolve({ tasks: [] }),
    getTask: () => Promise.resolve({ id: "T1" }),
    resolveDownload: () => Promise.resolve([file]),
    ...changes,
  };
}
