import type { AddAccountRequest, ExportService } from "../../src/model/contract.ts";

/** A service without tasks, as another extension registers it. */
export const plainService: ExportService = {
  id: "third",
  label: "Third service",
  endpoints: [],
  credentialForms: [
    {
      kind: "custom",
      label: "PIN",
      fields: [{ name: "pin", label: "PIN", secret: true }],
      toCredentials: (values) => ({ kind: "custom", values: { ...values } }),
    },
  ],
  findTaskId: (text) => (text.startsWith("t-") ? text : undefined),
  verify: () => Promise.resolve(),
  listTasks: () => Promise.resolve({ tasks: [] }),
  getTask: () => Promise.reject(new Error("not needed")),
  resolveDownload: () => Promise.resolve([]),
};

export const plainServiceAccount: AddAccountRequest = {
  service: plainService.id,
  label: "Third",
  endpoint: "https://third.example",
  credentials: { kind: "custom", values: { pin: "0000" } },
};
