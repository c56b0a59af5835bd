/// The API as an OpenAPI document, derived from the routes of what is mounted:
/// [coffer.openapi.Document].
@NullMarked
package coffer.openapi;

import org.jspecify.annotations.NullMarked;
