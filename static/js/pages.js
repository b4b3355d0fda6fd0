// The page viewer of the staff desk: the arrow keys follow the links to the page before and after. Optional.
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest?.("input, select, textarea, summary")) return;
  const wanted = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = wanted && document.querySelector(`a[rel=${wanted}]`);
  if (link) link.click();
});
