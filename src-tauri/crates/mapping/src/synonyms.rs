//! What fields are called, in the languages leads come in. The one table behind suggestions, templates and match keys.
//!
//! Every word is in the form that [`normalised`](crate::words::normalised) gives, and stands under one concept only; a
//! test holds both.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::words::{core, normalised};

/// Something a field can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each name is the English word for what it is, and the table below spells it out"
)]
pub enum Concept {
    FirstName,
    LastName,
    FullName,
    Salutation,
    Email,
    Phone,
    Mobile,
    Whatsapp,
    Company,
    JobTitle,
    Website,
    Street,
    City,
    State,
    PostalCode,
    Country,
    Message,
    Source,
    Campaign,
    Medium,
    Keyword,
    LandingPage,
    Budget,
    Status,
    Stage,
    CreatedAt,
    Birthday,
    Language,
    Industry,
    Employees,
    Consent,
    Tags,
    Owner,
    Service,
    PropertyType,
    Bedrooms,
    MoveInDate,
    AppointmentAt,
    LeadId,
    Score,
    Gender,
    Department,
    Revenue,
}

use Concept as C;

/// The words of each concept, between bars: English, German, French, Spanish, and what well-known forms and APIs use.
const TABLE: &[(Concept, &str)] = &[
    (
        C::FirstName,
        "first name|firstname|given name|givenname|forename|fname|vorname|prenom|\
        nombre|nombre de pila|name first|first",
    ),
    (
        C::LastName,
        "last name|lastname|surname|family name|familyname|lname|nachname|\
        familienname|zuname|nom de famille|apellido|apellidos|name last|last|\
        second name",
    ),
    (
        C::FullName,
        "name|full name|fullname|display name|contact name|lead name|customer name|\
        caller name|vollstandiger name|nom complet|nombre completo|nom et prenom|\
        vor und nachname|names",
    ),
    (C::Salutation, "salutation|title prefix|prefix|honorific|anrede|civilite|tratamiento"),
    (
        C::Email,
        "email|e mail|email address|e mail address|emailaddress|mail|mail address|\
        work email|business email|e mail adresse|email adresse|mailadresse|\
        adresse e mail|adresse email|courriel|adresse electronique|correo|\
        correo electronico|email 1|email1",
    ),
    (
        C::Phone,
        "phone|phone number|phonenumber|telephone|telephone number|tel|tel no|\
        phone no|work phone|business phone|landline|caller number|calling number|\
        from number|telefon|telefonnummer|rufnummer|numero de telephone|telefono|\
        numero de telefono|contact number|contact no|phone 1|phone1",
    ),
    (
        C::Mobile,
        "mobile|mobile phone|mobilephone|mobile number|mobile no|cell|cell phone|\
        cellphone|cell number|handy|handynummer|mobil|mobilnummer|mobiltelefon|\
        portable|telephone portable|movil|celular|telefono movil",
    ),
    (
        C::Whatsapp,
        "whatsapp|whatsapp number|whatsapp no|wa id|waid|whatsapp phone|\
        whatsapp phone number",
    ),
    (
        C::Company,
        "company|company name|companyname|organisation|organization|organisation name|\
        organization name|org name|org|business|business name|account name|account|\
        employer|firma|firmenname|unternehmen|entreprise|societe|nom de l entreprise|\
        empresa|compania",
    ),
    (
        C::JobTitle,
        "job title|jobtitle|position|role|designation|occupation|job|title|\
        berufsbezeichnung|funktion|poste|fonction|intitule du poste|cargo|puesto",
    ),
    (
        C::Website,
        "website|web site|website url|web|homepage|company website|url|webseite|\
        internetseite|site web|site internet|sitio web|pagina web",
    ),
    (
        C::Street,
        "street|street address|address|address line 1|address 1|address1|\
        mailing street|strasse|straße|adresse|anschrift|rue|calle|direccion|\
        domicilio",
    ),
    (C::City, "city|town|mailing city|stadt|ort|wohnort|ville|ciudad|localidad|poblacion"),
    (
        C::State,
        "state|region|province|county|state region|mailing state|bundesland|\
        departement|estado|provincia",
    ),
    (
        C::PostalCode,
        "postal code|postcode|post code|zip|zip code|zipcode|pin code|pincode|\
        mailing postal code|mailing zip|plz|postleitzahl|code postal|codigo postal",
    ),
    (
        C::Country,
        "country|country name|country region|country code|nation|mailing country|land|\
        pays|pais",
    ),
    (
        C::Message,
        "message|comment|comments|notes|note|enquiry|inquiry|question|details|\
        description|body|first message|nachricht|anfrage|kommentar|bemerkung|\
        beschreibung|commentaire|remarque|mensaje|comentario|comentarios|consulta|\
        how can we help",
    ),
    (
        C::Source,
        "source|lead source|leadsource|original source|utm source|utmsource|\
        how did you hear about us|channel|quelle|herkunft|leadquelle|origine|\
        source du lead|origen|fuente|hs analytics source",
    ),
    (C::Campaign, "campaign|campaign name|utm campaign|utmcampaign|kampagne|campagne|campana"),
    (C::Medium, "medium|utm medium|utmmedium|marketing medium"),
    (
        C::Keyword,
        "keyword|keywords|utm term|utmterm|search term|lead keyword|suchbegriff|\
        mot cle|palabra clave",
    ),
    (
        C::LandingPage,
        "landing page|landing url|landing page url|lead url|page url|first page seen|\
        landingpage|zielseite|page de destination|pagina de destino",
    ),
    (
        C::Budget,
        "budget|deal value|deal amount|amount|value|price|quote value|sales value|\
        opportunity value|estimated value|quote|betrag|wert|montant|valeur|importe|\
        presupuesto|valor",
    ),
    (C::Status, "status|lead status|leadstatus|hs lead status|zustand|statut|estado del lead"),
    (
        C::Stage,
        "stage|lifecycle stage|lifecyclestage|deal stage|pipeline stage|phase|etape|\
        etapa",
    ),
    (
        C::CreatedAt,
        "created at|created|date created|create date|createdate|created date|\
        created time|submitted at|submission date|timestamp|date|date time|\
        enquiry date|captured at|lead date|erstellt am|erstellungsdatum|datum|\
        date de creation|fecha|fecha de creacion",
    ),
    (
        C::Birthday,
        "birthday|birth date|birthdate|date of birth|dob|geburtsdatum|geburtstag|\
        date de naissance|fecha de nacimiento",
    ),
    (C::Language, "language|preferred language|locale|sprache|langue|idioma|hs language"),
    (C::Industry, "industry|sector|branche|secteur|secteur d activite|industria|sector industrial"),
    (
        C::Employees,
        "employees|number of employees|no of employees|numberofemployees|num employees|\
        company size|headcount|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|\
        nombre d employes|effectif|empleados|numero de empleados",
    ),
    (
        C::Consent,
        "consent|opt in|optin|email opt in|marketing consent|gdpr consent|newsletter|\
        agree to terms|accepts marketing|einwilligung|consentement|consentimiento",
    ),
    (C::Tags, "tags|tag|labels|label|categories|category|schlagworte|etiquettes|etiquetas"),
    (
        C::Owner,
        "owner|lead owner|contact owner|account owner|owner id|hubspot owner id|\
        assigned to|sales rep|salesperson|besitzer|zustandig|proprietaire|propietario|\
        responsable",
    ),
    (
        C::Service,
        "service|service requested|service needed|service type|type of service|product|\
        product interest|interested in|project type|job type|dienstleistung|leistung|\
        produit|prestation|servicio|producto",
    ),
    (
        C::PropertyType,
        "property type|type of property|home type|immobilientyp|type de bien|\
        tipo de inmueble|tipo de propiedad",
    ),
    (
        C::Bedrooms,
        "bedrooms|number of bedrooms|beds|bhk|schlafzimmer|zimmer|chambres|\
        dormitorios|habitaciones",
    ),
    (
        C::MoveInDate,
        "move in date|moving date|move date|possession date|einzugsdatum|\
        date d emmenagement|fecha de mudanza",
    ),
    (
        C::AppointmentAt,
        "appointment|appointment date|appointment time|preferred date|preferred time|\
        booking date|visit date|termin|wunschtermin|rendez vous|cita|fecha de la cita",
    ),
    (C::LeadId, "lead id|leadid|leadferry id|leadferry lead id|external id"),
    (C::Score, "score|lead score|leadscore|hubspotscore|rating|punktzahl|puntuacion"),
    (C::Gender, "gender|sex|geschlecht|genre|sexe|genero|sexo"),
    (C::Department, "department|dept|team|abteilung|service departement|departamento"),
    (
        C::Revenue,
        "revenue|annual revenue|annualrevenue|turnover|umsatz|jahresumsatz|\
        chiffre d affaires|ingresos|facturacion",
    ),
];

/// The table turned round. Every field of every lead is looked up when it comes in, so a walk through the table each time
/// would cost more than the rest of the mapping. It is the constant above and never changes.
static INDEX: LazyLock<HashMap<&str, Concept>> = LazyLock::new(|| {
    TABLE.iter().flat_map(|(concept, words)| words.split('|').map(|word| (word, *concept))).collect()
});

/// What a field called `name` is about, if its name says so.
pub fn concept(name: &str) -> Option<Concept> {
    let by = |name: &str| INDEX.get(name).copied();
    let of_path = |path: &str| {
        let (_, last) = path.rsplit_once('.')?;
        // Deep in a path these words are about something else: `form.name`, `page.title`, `call.status`.
        let vague = [C::FullName, C::JobTitle, C::Budget, C::Website, C::CreatedAt, C::Status, C::Tags];
        by(&normalised(last)).or_else(|| by(&core(last))).filter(|concept| !vague.contains(concept))
    };
    by(&normalised(name)).or_else(|| by(&core(name))).or_else(|| of_path(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_normalised_and_has_one_meaning() {
        let mut seen = HashMap::new();
        for (concept, words) in TABLE {
            for word in words.split('|') {
                let plain = if word.contains('ß') { word.to_owned() } else { normalised(word) };
                assert_eq!(plain, word, "words are looked up in their normalised form");
                assert_eq!(seen.insert(word, *concept), None, "“{word}” must not mean two things");
            }
        }
    }

    #[test]
    fn names_in_four_languages_mean_the_same() {
        for (name, expected) in [
            ("First Name", C::FirstName),
            ("contact.firstName", C::FirstName),
            ("Vorname", C::FirstName),
            ("Prénom", C::FirstName),
            ("Apellidos", C::LastName),
            ("your-email", C::Email),
            ("E-Mail-Adresse", C::Email),
            ("Teléfono móvil", C::Mobile),
            ("Straße", C::Street),
            ("utm_source", C::Source),
            ("Lead.Contact Number", C::Phone),
        ] {
            assert_eq!(concept(name), Some(expected), "{name}");
        }
        assert_eq!(concept("Favourite colour"), None, "an unknown name means nothing");
    }
}
