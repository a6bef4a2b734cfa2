/* The part of the screen that is seen: on some phones the keyboard covers the page and leaves its height as it was. */

const screen = window.visualViewport;

export function setUpScreen() {
  screen.addEventListener("resize", fit);
  fit();
}

function fit() {
  const zoomed = screen.scale > 1.01; // somebody looks closer: the page is as high as before
  const height = zoomed ? window.innerHeight : screen.height;
  document.documentElement.style.setProperty("--seen", `${height}px`);
  if (!zoomed) window.scrollTo(0, 0);
}
