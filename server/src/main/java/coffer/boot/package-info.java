/// Where the server is put together, and what stands around it: what it is told to be
/// ([coffer.boot.ServerOptions], [coffer.boot.DevMode]), what it prints ([coffer.boot.Banner]),
/// what the operating system tells it ([coffer.boot.Signals]), and the traces it leaves on the disk
/// ([coffer.boot.PidFile], [coffer.boot.DevCertificates], [coffer.boot.DevCluster]).
@NullMarked
package coffer.boot;

import org.jspecify.annotations.NullMarked;
