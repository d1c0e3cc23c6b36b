/** Put this tool into its empty place; `app` is described in app.js. */
export function mount() {}
