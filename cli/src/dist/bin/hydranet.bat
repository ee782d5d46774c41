@echo off
rem Runs the hydranet command on the Java of JAVA_HOME, or else on the one on the path: 25 or later.
setlocal
set "java=java"
if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
for %%j in ("%~dp0..\lib\hydranet-cli-*.jar") do set "jar=%%~fj"
"%java%" -Dsun.misc.unsafe.memory.access=allow -jar "%jar%" %*
exit /b %ERRORLEVEL%
