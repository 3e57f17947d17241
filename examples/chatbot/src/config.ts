/** The model that talks to customers. */
export const CHAT_MODEL = process.env.CHAT_MODEL ?? 'claude-2.1';

/** Cheap and quick, for work behind the scenes. */
export const FAST_MODEL = 'claude-instant-1.2';

export const PORT = Number(process.env.PORT ?? 3000);
