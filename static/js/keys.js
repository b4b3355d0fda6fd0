// Keys of the review of papers: each presses the button or follows the link that names it (data-key). Optional.
// None fires while something is typed or chosen, with Alt, Ctrl or Meta, or when the page says that they are off.
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.isComposing) return;
  if (!document.querySelector('[data-keys="on"]')) return;
  if (event.target.closest?.("input, select, textarea, summary, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  const wanted = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("a, button")) wanted.click();
  else wanted.querySelector("select, textarea")?.focus();
});
for (const help of document.querySelectorAll("[data-keys][hidden]")) help.hidden = false;
