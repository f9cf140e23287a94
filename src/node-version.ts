/** The oldest Node whose interfaces the bundles use. */
const oldestMajor = 24;

// Imported first by both doors, so that an old Node stops here and not in the middle of somebody else's module.
const major = Number(process.versions.node.split('.')[0]);
if (!(major >= oldestMajor)) {
  process.stderr.write(
    `concurrency-regressions needs Node ${oldestMajor} or newer and was started with Node ${process.versions.node}; start it with "npm start", or put a newer Node first on PATH.\n`,
  );
  process.exit(2);
}
