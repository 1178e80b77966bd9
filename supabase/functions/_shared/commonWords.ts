/**
 * Words that guessing begins with: the most frequent passwords (English and Spanish), first names, and words of this
 * field. Without accents. From the dictionaries of zxcvbn-ts (MIT).
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
aardvark aaron abajo abcd abdelaziz abdelkader abdellah abderrahim abel abogado abraham abril acaba acabo acceso
access accidente accord acerca action acuerdo adam adan adelante ademas adgjmptw adidas adios admin administracion
administrador administradora adolfo adonde adria adrian afuera agente agosto agua agustin ahmed ahora aimar airborne
aire airforce airplane aitor alabama alain alan alaska albert alberto aleix alejandro aleksandr alex alexande
alexander alexandr alexandre alexis alfonso alfred alfredo algo alguien algun alguna algunas algunos alicia alison
alla alli allison alonso alpha alpine alrededor alto alvaro alyssa amable amador amanda amateur amber america
american amiga amigo amigos amir amor anakin anas ander anderson andoni andre andrea andreas andres andreu andrew
andrey angel angela angelina angels animal anna anoche anos antes anthony anton antoni antonio apache apollo apple
apples aqui aragorn aritz arizona arma armando armas arnau arnold arriba arsenal arthur artist arturo asdasd asdf
asdfasdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asesinato asesino ashley asier asunto ataque atencion athena
atlanta atlantis atras audrey august aunque aurelio aurora austin auto autumn avalon avatar avelino avion awesome
axel ayer ayoub ayuda ayudar azerty babes baby babydoll babygirl babylon badboy badger bailey bajo baller balls
bambam banana bandit bano barbara barbie barcelona barco barney bartolome baseball basilio basket basketba
basketball bassman basta bastante batman bautista baxter beach bear beatles beauty beavis bebe beer benito benjamin
benson berlin bernardo bernat bernie biel bien bienvenida bienvenido bigboy bigdaddy bigdog bigfoot bigmac bigman
bigone bigred bilal bill billy billybob birdie birthday bishop biteme blabla black blackie blahblah blanco blas
blaster blazer blink blizzard blonde blondie blowme blue bluebird bobafett bobbob bobby bobcat boca boda bollocks
bomber bond bonnie booger boogie boomer booty borja boston bowling bradley brahim brais brandi brandon brandy braves
brazil brenda brian britney brittany broma bronco broncos brooke brooklyn brother brown browns bruins bruno brutus
bubba bubble bubbles buckeye buckeyes buddha buddy budlight buen buena buenas bueno buenos buffalo bulldog bulldogs
bullet bunny burger burton buscando buscar business buster cabeza cada cadillac caesar cafe caja callate calle
callie calvin cama camaro cambiame cambiar cambio cameron camino campbell campo canada cancer cancion candido candy
cannon capitan captain cara carajo carcel cardinal carino carles carlos carmelo carmen carolina caroline carrie
carta carter cartman casa caserta casey casi casino caso casper cassie castle catch catdog catfish cavalier cayetano
celestino celtic cena cerca cesar cessna champion chance chandler change changeme charger charles charlie check
cheese chelsea cherokee cherry cheryl chester chevelle chevy cheyenne chica chicago chicas chichi chicken chicks
chico chicos chiefs chipper chivas chocolat chopper chris chrissy christ christia christian christin christy chronic
cielo cierto cinco cita ciudad cjkysirj claire claro clase classic claudia claudio clave clemente clinton cobra
cocacola coche coffee college colorado colors comer comida como compania compaq completamente comprar computer
conmigo connie connor conoces conozco conseguir constantino consumer contacto contigo contra contrasena control
convoca cookie cookies cool cooper coordinacion copper corazon corona correcto corvette cosa cosas cougar country
courtney cowboy cowboys coyote crazy creative cree creer crees creo cricket cristian cristina cristobal cruzazul
crystal cthutq cual cualquier cuando cuanto cuarto cuatro cuenta cuerpo cuidado culpa curtis daddy dado daisy dakota
dallas dame damian dancer danger daniel danielle danny dano dario darkness darkside darkstar darle dave david
dbrnjhbz death debbie debe debemos deben deberia deberiamos deberias debes debo december decir decirle decirme
decirte decision defender deftones deja dejado dejame dejar dejo demas demasiado demonios denise dennis dentro
denver derecho desde design desire despues destiny detras detroit devildog devils dexter dfvgbh diablo diablos
diamond diamonds dias dice dicen dices dicho diciembre diciendo didac diego diesel diez diferente dificil diga digas
digger digital digo dije dijiste dijo dilbert dime dinero dionisio dios dire direccion dirty disculpe disney
divertido doctor dodger dodgers doggie doggy dolares dollar dolor dolphin dolphins domingo domino donald donde
donkey dormir douglas dragon dragons dreamer dreams driver drowssap drpepper drummer ducati dude dudley duke duncan
durante duro dustin dylan eagle eagles eatme eclipse edad eddie edgar edomex eduard eduardo edward einstein eladio
elaine electric element elena elephant elias elizabet elizabeth ella ello ellos eloy elvis embargo emerald emiliano
emilio eminem empezar empire encanta encima encontrado encontrar encontre eneko energy enero engineer england enigma
enjoy enric enrique enter enterpri entiendes entiendo entonces entrada entrar entre enzo equipo eran eras eres eric
erik ernesto error esas escort escucha escuchar escuela esos especial espera esperando esperar espero esposa esposo
esta estaba estaban estabas estado estamos estan estar estara estaria estas este esteban estes esto estos estoy
estupido estuvo eugene eugenio eusebio evaristo everton exactamente explorer express extrano extreme ezequiel fabian
fabio facil falcon falta familia family fantasy farmer fatboy fatcat father faustino favor febrero federico
feliciano felipe felix feliz fender fermin fernando ferran ferrari ficken fidel fiesta final fire fireball firebird
fireman fish fisher fishing fktrcfylh fktrctq flash flipper florence florencio florentino florida flower flowers
fluffy flyers foobar football ford forest forever forma foto fotos france francesc francis francisco frank frankie
franklin freaky fred freddie freddy fredfred free freedom freeman freeuser frente friday friend friends froggy fuego
fuera fueron fuerte fuerza fuiste funciona future futuro fyfcnfcbz fylhtq gabriel gael galaxy galina galore gambit
ganar gandalf garcia garden garfield gaspar gateway gators gemini general genesis genial genius gente george georgia
gerard gerardo german germany geronimo gfhjkm ghbdtn gheorghe giants gibson gines ginger girl girls gizmo global
gloria gobierno goblue goddess godzilla goforit goldberg golden goldfish goldie golf golfer gonzalo goober good
google gordon gorka gracias gracie gran grande grandes great green greenday gregorio gregory griffin grupo
guadalajara guerra guillem guillermo guinness guitar gundam gunner gusta gustan gustaria gustavo gusto haber habia
habitacion habla hablando hablar hablas habra habria hace hacemos hacen hacer hacerlo haces hacia haciendo hacker
haga hagas hago hambre hamid hamilton hamlet hammer hamster hamza hannah happy hara hard hardon hare haremos haria
harley harold harrison harry harvey hassan hasta hawaii hawkeye haya heather heaven hecho hector help helpme hemos
hendrix hentai hercules herman hermana hermano hermosa hesoyam hice hicham hicieron hiciste highland hija hijo hijos
hilario hiphop historia hitman hizo hjvfirf hobbes hobbit hockey hola holiday holland holly hombre hombres homer
honda honey hooker hora horas hornet horney horse horses hospital hotdog hotel hotrod hotstuff hottie house houston
howard hubiera hugo hummer hunter hunting huskers iago ibai ibanez ibrahim iceman idea idiota ignacio igor igual
iker ildefonso iloveu iloveyou imanol impala importa importante imposible inaki incluso increible indian indiana
indians indigo infinity informacion ingreso inigo insane inside institucion instituto integra internet invierno ioan
ireland irina irme ironman isaac isabella isabelle isidoro isidro island ismael ismail israel italia ivan iwantu
izan jacinto jack jackie jackson jacobo jaguar jaime jairo jake jamas james jasmin jasmine jason jasper jaume javier
jefe jeff jeffrey jennifer jenny jeremy jerome jeronimo jerry jessica jessie jester jesus jimmy joan joanne joaquim
joaquin joejoe joel john johnny johnson joker jonatan jonathan jones jordan jordi jorge jose joseba josep joseph
joshua josu josue joven juan juego jueves jugar julen julian julie julio jungle junio junior juntos jupiter justice
justin justme justo juventus kaiser karate karen karim karina katana kathleen katie kawasaki kelly kelsey kenneth
kermit kevin khalid kimberly king kirill kissme kitten kitty klaster knicks knight kodiak kramer kristen kristin
kristina lacrosse ladies lado lakers lancer largo larisa lasvegas laura lauren lawrence leandro leather legend lejos
lennon leonard leonardo leslie lestat letmein liam liberty libre libro lifehack light lights lincoln linda lindsay
linea lisa lista listo little liverpoo liverpool lizard llama llamada llamado llamar llamo llegado llegar llego
lleva llevar lluis loca loco locura logitech lolita lollol london lonewolf longhorn looking lorenzo loser louise
love lovelove lovely loveme lover loverboy lovers loveyou luca lucas luciano lucifer lucky luego lugar luis lunes
machine maddie maddog madison madman madmax madness madonna madre maestra maggie magic magnum maiden maksim mala
maldita maldito malibu malo mama manager manana manchester manel manera mano manos manson manuel manutd marathon
marc marcel marcelino marcelo marcial marco marcos marcus maria mariah mariano marido marie marina marine marines
marino mario marion mark markel marlboro marley marshall martes martha marti martin marvin maryjane marzo master
mateo matias mato matrix matt matthew mauricio mauro maverick maxima maximo maximus maxwell mayo mayor medico medio
mejor mejores melanie melissa member menos mensaje mente mercedes mercury merlin mesa meses metallic metallica
mexicano mexico michael michel michele michigan mickey microsoft midnight miedo mientras miercoles miguel mike mikel
miller millie millones mine minecraft minnie minuto minutos miquel mira miranda misma mismo mister mistress mitad
moderador moderadora modesto modo mohamed mohammed moises molly momento monday money monica monika monkey monster
montana monterrey monton montreal mookie moose morgan morir morpheus morris mother motorola mountain mouse mozart
mucha muchacho muchas mucho muchos muffin muhammad mujer mujeres mundo municipal murio murphy music musica mustang
mustapha mylove nada nadie nadine napoleon naruto nascar nastya natali natalie natasha nathan naughty nave navidad
necesario necesita necesitamos necesitas necesito negocio negro nelson nemesis nestor newport newton newyork nfnmzyf
nicholas nick nicola nicolas nicole nikita nikki nina ningun ninguna nino ninos nintendo nipple nipples nirvana
nissan noah noche noches noel nombre none normal norman norton nosotros nothing noticias november novia noviembre
novio nuestra nuestras nuestro nuestros nueva nuevo nugget numero nunca october octubre ocurre oficial oficina oicu
oido oier ojos oksana oliver olivia omar omega online openup oportunidad orange orden oriol orlando oscar otono otra
otras otro otros outlaw overlord pablo packard packers padre padres pagar pais pakistan palabra palabras paladin
pamela pandora pantera panther panthers panzer papa para paradise parece paris parker parte partes pasa pasado
pasando pasar pascal pascual pase paso passion passport passwor password patches patricia patricio patrick patriots
paul paulino pavilion peaches peanut pearljam pebbles pedro peekaboo peewee pegasus pelayo pelicula peligro pelo
pena pencil penguin pensando pensar pense people peor pepper pepsi pequena pequeno perder perdido perdon pere
perfect perfecto pero perro persona personal personas pervert peter phantom philip philips phoenix phpbb picard
pickle piensa piensas pienso pierre piglet pioneer pirate pitbull pizza placer plan platinum player please poco
podemos poder podia podria podrias poison pokemon polaris police policia polina poner pontiac poohbear pookie poop
poopoo popcorn popeye porque porsche portugal posible potter power powers precious predator pregunta preguntas
prelude preocupes presario presidente pretty primavera primer primera primero prince princess principio prisa
private probablemente problema problemas programa prometo pronto propia propio proxima prueba pruebas psycho pude
pudiera pudo puebla pueblo pueda puede pueden puedes puedo puerta pues puesto pumas pumpkin punto purple pussies
pyramid qazqaz qazwsx qazwsxedc qazxsw queda queremos queria querida querido quien quiera quieras quiere quieren
quieres quiero quiza quizas qwaszx qweasd qweasdzxc qweqwe qwer qwert qwerty qwertyu qwertyui qwertyuiop rabbit
racecar rachel rachid racing rafael raider raiders raimundo rainbow ramiro ramon random ranger rangers rapido raptor
raro rascal rasdzv raul raven rayan raymond razon razz real realidad realmente reaper rebecca recuerdo reddog
redhead redman redneck redrum redskins redsox redwings regalo reggie regina relacion remember renegade respuesta
resto reunion ricard ricardo richard robbie robert roberto rock rocket rocks rockstar rocky rodrigo rogelio roger
roland rolltide roman rommel ronald ronaldo ronnie rooster ropa roscoe rose rosebud ruben rufino rulez runner rush
ruslan russell russia rusty ryan sabado sabe sabemos saben saber sabes sabia sabrina said sailor saints sakura salir
salvador salvo samantha sammie sammy sampson samson samsung samuel samurai sandman sandra sandy sangre santiago
santos sarah sasha saturn saturnino saul savage savannah scarface school scooby scooter scorpio scorpion scotland
scott scotty scully seas seattle sebastian secret secreta secreto security seguir segundo segura seguridad seguro
seis semana semanas semperfi senal senor senora senorita sentido sentir septiembre sera serafin serega serenity
sergey sergi sergio seria serio service seven shadow shaggy shamrock shannon sharon shelby sherlock sherry shirley
shorty shotgun sidney sido siemens siempre siendo siente sientes siento sierra significa sigue siguiente silver
simon simone simple simplemente simpson simpsons single sino siquiera sistema sister sitio situacion skater skeeter
skipper skippy skyline slayer slipknot smiley smith smitty smoke smokey smooth snake snickers sniper snoopy snowball
snowman sobre soccer softball software sola solo somos sophia sophie sparky spartak spartan special speedy spencer
spider spiderma spiderman spike spirit spitfire spooky sports spring squirt srinivas srta stacey stalker stanley
star stargate startrek starwars stealth steelers stefan stella stephani stephen sterling steve steven stewart
stinger stingray stinky stones storm stormy street strike student stupid subaru sublime success sucede suelo suena
sueno suerte suficiente sugar summer sundance sunday sunset sunshine super superfly superman supone supongo supuesto
surfer suzuki svetlana sweet sweetie sweetpea sweety swimming swinger swordfis swordfish sydney system tambien
tampoco tanner tanto tarde target tarheels tarzan tattoo taurus taylor teacher teamo techno teens telefono temporal
tenemos tener tenga tengas tengo tenia tenido tennis teodoro tequiero teresa terminado terminar test tester testing
testtest texas thailand theman theone therock thiago thomas thuglife thumper thunder tickle tiempo tienda tiene
tienen tienes tierra tiffany tiger tigers tigger tigres tijuana timber time timothy tinker tipo titanic toda todas
todavia todo todos toluca toma tomar tomas tomcat tommy tomtom tonto tony topgun tornado toronto toshiba toyota
trabajando trabajar trabajo traje transam transparencia tras trata tratando trato travel traves travis tres trevor
trfnthbyf trigger trinity tristan triumph trixie trojan trooper trouble trucker trucks trumpet trustno tucker turkey
turtle tuve tuvo tuya tuyo tweety tyler ultima ultimate ultimo unai unas unica unico unicorn united unos usar usted
ustedes usuaria usuario vale valentin valentina valera valerie vamos vampire vanessa vasile vaya vayas veces vegeta
vemos venga venido venir verano verdad verdadero verlo veronica veronika verte vete vfhbyf vfrcbv viaje vicente
victor victoria victoriano victory vida video viejo viene viernes viking vikings viktor vincent vino viper virgin
virginia vision vista visto vivir vivo vladimir volver voodoo voyager vuelta vuelto walker wallace walter wanker
warcraft warren warrior water watson weasel webster welcome wesley westside whatever white whynot wicked wildcat
wildcats william williams willie willow wilson windows winner winnie winston winter wizard wolf wolfgang wolfpack
wolverin wolves wombat wonder woody wrangler wutang xabier xavier xfiles yago yamaha yankee yankees yassine ybrbnf
yellow yeray yfnfif york young youssef yvonne zachary zaqwsx zeppelin zipper zombie zxcvbn zxcvbnm
`
    .trim()
    .split(/\s+/u),
)
