import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { askText } from "./steps.ts";
import { back, type StepPlace } from "./walkSteps.ts";

/** Asks for the URL of a service. Anything that isn't a safe URL is rejected while it is typed. */
export async function askUrl(prompt: string, value: string, place: StepPlace): Promise<string | typeof back> {
  const answer = await askText({ prompt, value, placeholder: "https://", problem: urlProblem }, place);
  return answer === back ? back : requireSafeEndpoint(answer);
}

function urlProblem(value: string): string | undefined {
  try {
    requireSafeEndpoint(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
