// Required, not imported: to learn the names of its exports Node would read the whole compiler once more, which takes
// longer than to run it.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
import ts = require('typescript');

export { ts };
