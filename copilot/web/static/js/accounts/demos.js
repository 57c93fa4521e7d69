/** Whether bundled calls count on this page; its links keep what was chosen. */

/** @type {{demo: boolean, demos_count: boolean}} whether they do, and whether they do on this server unless it is asked */
export const { demo, demos_count: usual } = JSON.parse(document.getElementById("page")?.textContent ?? "{}");

/** @param {boolean} [to] the query of a page that counts them, or does not */
export const demoQuery = (to = demo) => (to === usual ? "" : `?demo=${to}`);
