import * as v from "valibot";
import { sandboxChain } from "../credentials.ts";
import { json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { conditions, errorAnswer, invalidRequest } from "./errorAnswers.ts";
import { segment } from "./segment.ts";
import type { NewTask } from "./taskBook.ts";

const exportTarget = v.looseObject({
  action: v.literal("export"),
  export_index: v.picklist(["transactions", "users", "vouchers", "wallet-ledger", "products", "product-variants"]),
  export_format: v.picklist(["csv", "json"]),
});

/** The segments of the chain that were made in the Console. */
const knownSegments = ["501", "502"];

const newTask = v.looseObject({
  chain: v.literal(sandboxChain),
  desc: v.pipe(v.string(), v.minLength(1)),
  target: v.variant("action", [exportTarget, v.looseObject({ action: v.picklist(["email", "import"]) })]),
  trigger: v.looseObject({
    once: v.optional(v.pipe(v.string(), v.isoTimestamp())),
    segment_id: v.optional(
      v.pipe(
        v.union([v.string(), v.number()]),
        v.check((id) => knownSegments.includes(String(id))),
      ),
    ),
    segment: v.optional(segment),
  }),
});

/** Descriptions that the sandbox treats in a way of its own, to try what a person sees then. */
const reserved: Readonly<Record<string, () => Answer>> = {
  "A description that is refused": () => invalidRequest(["desc"]),
  "A creation that fails": () => json(503, { message: "Service Unavailable" }),
  "A creation that is forbidden": () => errorAnswer(conditions.forbidden),
};
/** The description of a task that is created and then fails. */
const failingDescription = "An export that fails";

/** Reads the body of `POST /tasks`. An error response names the missing or invalid fields. */
export function readNewTask(body: unknown, now: number): NewTask | Answer {
  const parsed = v.safeParse(newTask, body);
  if (!parsed.success) {
    return invalidRequest([...new Set(parsed.issues.map((issue) => v.getDotPath(issue) ?? "body"))]);
  }
  const { desc, target, trigger } = parsed.output;
  const refusal = reserved[desc];
  if (refusal !== undefined) return refusal();
  const startsAt = Math.max(now, trigger.once === undefined ? now : Date.parse(trigger.once));
  const fails = desc === failingDescription;
  if (target.action !== "export") return { desc, action: target.action, startsAt, fails, trigger };
  const { export_index: exportIndex, export_format: exportFormat } = target;
  return { desc, action: "export", exportIndex, exportFormat, startsAt, fails, trigger };
}
