import ssh2 from 'ssh2'

/** ssh2 is a CommonJS package whose names Node cannot all find: `import { Server }` from it does not load. */
export const { Client, Server, utils } = ssh2
