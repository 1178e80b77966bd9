/** The name and version of the words `comment.consent`. Other words are another version, also in SQL (`app.comment_consents`). */
export const CONSENT = 'comentario-1'
