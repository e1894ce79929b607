import { errors, type Locator } from "playwright-core";

/** Whether something becomes visible within a time. */
export async function comes(what: Locator, timeout: number): Promise<boolean> {
  try {
    await what.waitFor({ timeout });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
