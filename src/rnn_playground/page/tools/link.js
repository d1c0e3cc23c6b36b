// The address of a program on the page Try it, whose script reads what stands behind "#code=".

/** `root` leads from this page to that of the site, as Sphinx writes it on every page. */
export function tryItLink(program, root = document.documentElement.dataset.content_root ?? "../") {
  return `${root}book/try_it.html#code=${encodeURIComponent(program.trimEnd())}`;
}
