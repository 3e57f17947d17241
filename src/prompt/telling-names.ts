/** What a text is called that the answer goes on from. */
export const PREFILL_NAME = /pre_?fill|primer|prefix|start|begin|opening|lead|so_?far|partial|draft/i;

/** What a text is called that says how to answer, and holds no turns. */
export const SYSTEM_NAME = /system|instruction|preamble|persona/i;
