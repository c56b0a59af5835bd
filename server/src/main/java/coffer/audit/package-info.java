/// Audit: what was asked and what was answered, one line of JSON each, in devices that are enabled
/// and disabled at run time.
///
/// [coffer.audit.AuditBroker] is what the pipeline talks to. For each enabled device a line is
/// formatted by the thread of the request ([coffer.audit.Scribe]) with the device's own salt, and
/// handed to the device's writer thread ([coffer.audit.Device]), which writes what has gathered in
/// one go through a [coffer.audit.Sink]: a file, a socket, the local syslog, an HTTP server. The
/// request goes on once every device that works has its line; a device that takes too long is cut
/// off by the [coffer.audit.Watch] and then holds nobody up.
@NullMarked
package coffer.audit;

import org.jspecify.annotations.NullMarked;
