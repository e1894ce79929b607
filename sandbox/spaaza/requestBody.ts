import * as v from "valibot";
import { sandboxChain } from "../credentials.ts";
import type { Answer } from "../http/answer.ts";
import { invalidRequest } from "./errorAnswers.ts";
import type { NewTask } from "./taskBook.ts";

const exportTarget = v.looseObject({
  action: v.literal("export"),
  export_index: v.picklist(["transactions", "users", "vouchers", "wallet-ledger", "products", "product-variants"]),
  export_format: v.picklist(["csv", "json"]),
});

const newTask = v.looseObject({
  chain: v.literal(sandboxChain),
  desc: v.pipe(v.string(), v.minLength(1)),
  target: v.variant("action", [exportTarget, v.looseObject({ action: v.picklist(["email", "import"]) })]),
  trigger: v.looseObject({ once: v.optional(v.pipe(v.string(), v.isoTimestamp())) }),
});

/** Reads the body of `POST /tasks`. An error response names the missing or invalid fields. */
export function readNewTask(body: unknown, now: number): NewTask | Answer {
  const parsed = v.safeParse(newTask, body);
  if (!parsed.success) {
    return invalidRequest(parsed.issues.map((issue) => v.getDotPath(issue) ?? "body"));
  }
  const { desc, target, trigger } = parsed.output;
  const startsAt = Math.max(now, trigger.once === undefined ? now : Date.parse(trigger.once));
  if (target.action !== "export") return { desc, action: target.action, startsAt };
  return { desc, action: "export", exportIndex: target.export_index, exportFormat: target.export_format, startsAt };
}
