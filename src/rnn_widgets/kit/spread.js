// Labels in a column, each as near to its place as the others leave it.

/** Places for labels of a height, between `least` and `most`: none nearer to another than `height`. */
export function spread(wanted, { height, least, most }) {
  const order = wanted.map((place, i) => [place, i]).sort(([a], [b]) => a - b);
  const places = new Array(wanted.length);
  let free = least;
  for (const [place, i] of order) {
    places[i] = Math.max(place, free);
    free = places[i] + height;
  }
  let limit = most;
  for (const [, i] of order.reverse()) {
    places[i] = Math.min(places[i], limit);
    limit = places[i] - height;
  }
  return places;
}
