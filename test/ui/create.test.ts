import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

describe("creating exports in the workbench", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ accounts: bothAccounts });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
  });

  afterEach(async (context) => {
    await workbench.screenshot(`create: ${context.name}`);
    await workbench.page.keyboard.press("Escape");
    await workbench.dismissNotifications();
  });

  after(async () => {
    await workbench.close();
  });

  /** The value of a row of the review. */
  const reviewed = (name: string, value: string) => workbench.quickRow(name).filter({ hasText: value }).first();

  async function begin(account: string): Promise<void> {
    await workbench.runCommand("Task Exports: Create Export Task…");
    await workbench.choose(account);
  }

  it("a Spaaza export is created with only the keyboard, and its row is selected", async () => {
    const { keyboard } = workbench.page;
    await begin("Spaaza sandbox");
    await workbench.focusedQuickRow("transactions").waitFor();
    await workbench.screenshot("create-what");
    await workbench.choose("users");
    await workbench.focusedQuickRow("CSV").waitFor();
    await keyboard.press("Enter");
    await workbench.answer("Description", "New users");
    await workbench.focusedQuickRow("Now").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Everything").waitFor();
    await workbench.screenshot("create-segment");
    await workbench.choose("Last 24 hours");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await workbench.screenshot("create-review-spaaza");
    await reviewed("chain", "1743").waitFor();
    await reviewed("target.export_index", '"users"').waitFor();
    await reviewed("rules[0].field_name", '"created_date"').waitFor();
    await keyboard.press("Enter");
    await workbench.notification(/Export task \d+ created\./).waitFor();
    await workbench.selectedTreeRow("New users").waitFor();
    const [created] = workbench.sandbox.spaaza.requests.filter(({ method }) => method === "POST");
    assert.deepEqual([created?.path, created?.status], ["/tasks", 200]);
  });

  it("a value of the review leads back to its question, and Back to the one before", async () => {
    const { keyboard } = workbench.page;
    await begin("Spaaza sandbox");
    await workbench.choose("vouchers");
    await workbench.choose("JSON");
    await workbench.answer("Description", "Vouchers");
    await workbench.choose("Now");
    await workbench.choose("Between two days…");
    await workbench.typeAnswer("First day", "31.01.2026");
    await workbench.quickMessage.filter({ hasText: "Enter a day such as 2026-01-31." }).waitFor();
    await workbench.answer("Enter a day", "2026-01-01");
    await workbench.answer("Last day", "2026-01-31");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await workbench.choose("target.export_format");
    await workbench.focusedQuickRow("JSON").waitFor();
    await workbench.pressBack();
    await workbench.focusedQuickRow("vouchers").waitFor();
    await keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0, "Escape is not a failure");
  });

  it("a refused segment brings its question back with the reason, and can be corrected", async () => {
    const { keyboard } = workbench.page;
    await begin("Spaaza sandbox");
    await workbench.choose("transactions");
    await workbench.choose("CSV");
    await workbench.answer("Description", "Of a segment");
    await workbench.choose("Now");
    await workbench.choose("Segment from the Console…");
    await workbench.answer("ID of the segment", "https://console.example.com/chains/1743/segments/999");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await reviewed("trigger.segment_id", '"999"').waitFor();
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "trigger.segment_id is not valid" }).waitFor();
    await workbench.screenshot("create-refused");
    await workbench.answer("trigger.segment_id is not valid", "501");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await keyboard.press("Enter");
    await workbench.notification(/Export task \d+ created\./).waitFor();
    await workbench.selectedTreeRow("Of a segment").waitFor();
  });

  it("a creation that fails keeps the answers", async () => {
    const { keyboard } = workbench.page;
    await begin("Spaaza sandbox");
    await workbench.choose("products");
    await workbench.choose("CSV");
    await workbench.answer("Description", "A creation that fails");
    await workbench.choose("Now");
    await workbench.quickRow("Rules…").waitFor();
    assert.equal(await workbench.quickRow("Last 24 hours").count(), 0, "products have no date");
    await workbench.choose("Everything");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Spaaza is not available right now").waitFor();
    await workbench.quickRow("Spaaza may have received the request").waitFor();
    await workbench.screenshot("create-failed");
    await reviewed("desc", "A creation that fails").waitFor();
  });

  it("a TextReveal export is created with only the keyboard, with a refused filter corrected", async () => {
    const { keyboard } = workbench.page;
    await begin("TextReveal sandbox");
    await workbench.quickRow("European banks").filter({ hasText: "37 entities" }).waitFor();
    await workbench.screenshot("create-universe");
    await workbench.choose("Renewable energy");
    await workbench.focusedQuickRow("Continue").waitFor();
    await workbench.choose("Filter by isin…");
    await workbench.answer("Values of isin", "wrong");
    await workbench.focusedQuickRow("Only entities that match").waitFor();
    await workbench.screenshot("create-filters");
    await keyboard.press("Enter");
    // A field that is no filter, whose row would be in the list before.
    await workbench.quickRow("country").waitFor();
    await workbench.screenshot("create-fields");
    await keyboard.press("Enter");
    await workbench.choose("By name, A to Z");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await reviewed("isin[]", "wrong").waitFor();
    await workbench.screenshot("create-review-textreveal");
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "Invalid ISIN" }).waitFor();
    await workbench.answer("Invalid ISIN", "DE0005140008");
    await workbench.focusedQuickRow("Only entities that match").waitFor();
    await keyboard.press("Enter");
    await workbench.quickRow("country").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("By name, A to Z").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await keyboard.press("Enter");
    await workbench.notification(/Export task .+ created\./).waitFor();
    await workbench.selectedTreeRow("Export of universe Renewable energy").waitFor();
  });

  it("a task runs again after a question, and its row is selected", async () => {
    const { keyboard } = workbench.page;
    await workbench.filterTasks("New users");
    await workbench.openMenu(workbench.treeRow("New users"));
    await workbench.screenshot("create-task-menu");
    await workbench.chooseFromMenu("Run Task Now");
    await workbench.focusedQuickRow("Run Now").waitFor();
    await workbench.screenshot("create-run");
    await keyboard.press("Enter");
    const started = workbench.notification(/Task \d+ was started\./);
    await started.waitFor();
    await workbench.selectedTreeRow("New users").waitFor();
    await workbench.pressButton(started, "Download When Done");
    await workbench.notification(/User_Export-\d+\.csv downloaded/).waitFor();
    await workbench.filterTasks("");
  });

  it("a similar export begins with what the task exports", async () => {
    const { keyboard } = workbench.page;
    await workbench.filterTasks("New users");
    await workbench.openMenu(workbench.treeRow("New users").first());
    await workbench.chooseFromMenu("Create Similar…");
    await workbench.focusedQuickRow("users").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("CSV").waitFor();
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "Description" }).waitFor();
    assert.equal(await workbench.quickField.inputValue(), "New users");
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Now").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("The same segment as before").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await reviewed("rules[0].field_name", '"created_date"').waitFor();
  });

  it("the row of an account offers it, and the review can be read in every theme and in a narrow window", async () => {
    await workbench.filterTasks("");
    await workbench.pressInline(workbench.treeRow("Spaaza sandbox"), "Create Export Task…");
    await workbench.choose("transactions");
    await workbench.choose("CSV");
    await workbench.answer("Description", "Looks");
    await workbench.choose("Later…");
    await workbench.quickMessage.filter({ hasText: "Date and time" }).waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.choose("Rules…");
    await workbench.choose("timestamp");
    await workbench.choose("is less than a number of days ago");
    await workbench.answer("Number of days", "7");
    await workbench.choose("Continue");
    await workbench.focusedQuickRow("Create Export Task").waitFor();
    await workbench.screenshot("create-looks-light");
    await workbench.page.setViewportSize({ width: 600, height: 700 });
    await workbench.screenshot("create-looks-narrow");
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    await workbench.page.keyboard.press("Escape");
    for (const { theme, kind } of themes.slice(1)) {
      await workbench.setTheme(theme, kind);
      await begin("Spaaza sandbox");
      await workbench.focusedQuickRow("transactions").waitFor();
      await workbench.screenshot(`create-looks-${kind}`);
      await workbench.page.keyboard.press("Escape");
    }
  });
});
