/**
 * Words that say nothing of what a proposal asks for, folded: articles, pronouns, common verbs and adverbs, and the courtesies of
 * asking.
 */
const WORDS = `
algo alguien algun alguna algunas alguno algunos ahi ahora alla alli ambos ante antes aqui aquel aquella aquello
aquellos asi aun aunque bajo bastante bien cada casi cierto como con contra cosa cosas cual cuales cualquier
cualquiera cuando cuanta cuantas cuanto cuantos cuyo cuya cuyas cuyos dan dar debe deben deberia deberian debiera del
demas demasiado den dentro desde despues dia dias dice dicen diga digan dio dos durante ella ellas ello ellos entonces
entre era eran esa esas ese eso esos esta estan estar estaria este esten esto estos estoy fue fuera fueron haber habia
habria hace hacen hacer hacerlo hacerse haga hagan hago han hasta hay haya hayan hecho hemos hizo hoy igual incluso
jamas junto las les llega llegan los luego mal mas mayor mejor menos mia mio mis misma mismas mismo mismos mucha
muchas mucho muchos muy nada nadie ningun ninguna ninguno nos nosotras nosotros nuestra nuestras nuestro nuestros
nunca otra otras otro otros para parte pero poca pocas poco pocos podamos poder podria podrian pone ponen poner por
porque primero pudiera pueda puedan puede pueden puedo pues puros puro que queda quedan queremos quien quienes quiere
quiero quisiera quisieramos saber sabe saben sabemos sea sean segun ser seria serian sido siempre siendo sigue sin
sino sirve sirva sobre sola solas solo solos son soy sus tal tales tambien tampoco tan tanta tantas tanto tantos
tenemos tener tenga tengan tengo tiene tienen toda todas todavia todo todos tres tus una unas uno unos vamos van vaya
ver vez veces viene pido pedimos pongan propongo propuesta sugiero solicito solicita favor gustaria falta haria puras
unicamente solamente ademas asimismo mediante respecto manera forma gran grande grandes bueno buena buen buenos buenas
nueva nuevo nuevos tmb
`

/** Folded words without meaning of their own. */
export const STOP_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/u).filter(Boolean))
