/** How this extension names itself to servers, with the version in package.json. */
export const userAgent = "Task-Exports/0.1.0";
