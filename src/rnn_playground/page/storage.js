// What is kept in this browser. Where storage is denied, nothing is kept and nothing is said.
const PREFIX = "rnn-book:playground:";

/** get(key) and set(key, value) for what fits into JSON; undefined if nothing was kept. An object, as in all the book keeps. */
export const memory = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key) ?? "{}")?.value;
    } catch {
      return undefined;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify({ value }));
    } catch {
      // Forgotten with the page.
    }
  },
};

// Runs are too large for that: they are in a database, a record for each tab. My progress deletes it too.
export const DATABASE = "rnn-book:playground";
const RUNS = "runs";
const MOST = 4; // records

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function withRuns(mode, act) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(RUNS, { keyPath: "tab" });
  const database = await done(opening);
  try {
    return await act(database.transaction(RUNS, mode).objectStore(RUNS));
  } finally {
    database.close();
  }
}

/** All records that are kept, the newest first; none where that is not possible. */
export async function keptRuns() {
  try {
    const all = await withRuns("readonly", (runs) => done(runs.getAll()));
    return all.sort((a, b) => b.when - a.when);
  } catch {
    return [];
  }
}

/** Keep a record { tab, when, … } in place of the last one of its tab, and forget the oldest. */
export async function keepRun(record) {
  try {
    await withRuns("readwrite", (runs) => done(runs.put(record)));
    const old = (await keptRuns()).slice(MOST);
    if (old.length > 0) await withRuns("readwrite", (runs) => Promise.all(old.map(({ tab }) => done(runs.delete(tab)))));
  } catch {
    // Forgotten with the page.
  }
}

/** A name that this tab has had since it was opened, also after a reload. Of two tabs with one name the later gets another. */
export async function tabName() {
  const fresh = () => crypto.getRandomValues(new Uint32Array(2)).join("-");
  let name = fresh();
  try {
    name = sessionStorage.getItem(`${PREFIX}tab`) ?? name;
  } catch {
    return name;
  }
  if (navigator.locks && !(await hold(name))) {
    name = fresh(); // a tab that was duplicated has the other's memory
    await hold(name);
  }
  sessionStorage.setItem(`${PREFIX}tab`, name);
  return name;
}

/** Hold a name as long as the page lives; false if another page holds it. */
function hold(name) {
  return new Promise((resolve) => {
    navigator.locks
      .request(`${PREFIX}${name}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock && new Promise(() => {});
      })
      .catch(() => resolve(true));
  });
}
