/** The theme that was chosen in this browser, before anything is drawn. */
{
  const chosen = localStorage.getItem("copilot.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
