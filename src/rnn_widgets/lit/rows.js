// Where each letter of a text stands: lines are broken between words, and are as even as can be. No DOM.

/** The lengths of the lines, if none may be longer than so many letters; a word keeps the space after it. */
export function breakLines(text, columns) {
  const words = text.match(/\S+\s*/g);
  const lines = [];
  for (const word of words) {
    if (lines.length && lines.at(-1) + word.length <= columns) lines[lines.length - 1] += word.length;
    else lines.push(word.length);
  }
  return lines;
}

/**
 * Fit a text into a width: as few lines as a pitch of at least `least` px allows, each letter at most `most` px wide.
 * Gives { pitch, lines, cells }, a cell being { line, column } for each letter.
 */
export function arrange(text, width, { least, most }) {
  let columns = Math.floor(width / least);
  const { length } = breakLines(text, columns);
  while (breakLines(text, columns - 1).length === length) columns -= 1;
  const lines = breakLines(text, columns);
  const cells = lines.flatMap((letters, line) => Array.from({ length: letters }, (_, column) => ({ line, column })));
  return { pitch: Math.min(most, width / Math.max(...lines)), lines, cells };
}
